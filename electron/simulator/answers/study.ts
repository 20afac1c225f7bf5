import { FENCE, type Topic } from './topic';

export const maths: Topic = {
  name: 'maths',
  keywords: [
    'math',
    'quadratic',
    'equation',
    'integral',
    'derivative',
    'proof',
    'formula',
    'solve',
  ],
  openings: [
    'The idea is to turn the equation into a perfect square.',
    'You can derive the formula in four lines by *completing the square*.',
    'Start from the general form and isolate $x$.',
  ],
  core: String.raw`Let $ax^2 + bx + c = 0$ with $a \neq 0$. Divide by $a$ and move the constant to the right:

$$
x^2 + \frac{b}{a}x = -\frac{c}{a}
$$

Add $\left(\frac{b}{2a}\right)^2$ on both sides, so that the left becomes a square:

$$
\left(x + \frac{b}{2a}\right)^2 = \frac{b^2 - 4ac}{4a^2}
$$

Take the root of both sides and solve for $x$:

$$
x_{1,2} = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}
$$

The expression under the root, $D = b^2 - 4ac$, decides what you get:

| $D$ | Solutions |
| --- | --- |
| $D > 0$ | two different real numbers |
| $D = 0$ | one real number, $x = -\frac{b}{2a}$ |
| $D < 0$ | two conjugate complex numbers |`,
  more: String.raw`**Example.** For $2x^2 - 4x - 6 = 0$ we have $D = 16 + 48 = 64$, hence

$$
x_{1,2} = \frac{4 \pm 8}{4}, \qquad x_1 = 3, \quad x_2 = -1 .
$$

A quick check uses Vieta's rule: the sum of the solutions must be $-\frac{b}{a} = 2$ and their product $\frac{c}{a} = -3$. Both hold.`,
  closings: [
    String.raw`On a computer, when $b^2$ is much larger than $4ac$, compute the root of larger magnitude first and get the other from $x_1 x_2 = \frac{c}{a}$; that avoids losing digits.`,
    'Geometrically, the solutions are the points where the parabola crosses the horizontal axis.',
  ],
};

export const capital: Topic = {
  name: 'capital',
  keywords: ['capital of france', 'capital', 'france', 'paris', 'country', 'europe'],
  openings: [
    'The capital of France is **Paris**.',
    '**Paris** is the capital of France, and its largest city.',
    'Paris.',
  ],
  core: `It lies on the Seine in the north of the country. About 2.1 million people live in the city itself and some 12 million in the wider metropolitan area, about a fifth of the whole country. President, parliament and nearly all ministries have their seat there, as do UNESCO and the OECD.

The country’s next largest cities are Marseille, Lyon, Toulouse and Nice, in this order.`,
  more: `Paris has been the seat of government for most of French history, with interruptions: the kings ruled from Versailles between 1682 and 1789, and the government sat in Vichy during the German occupation from 1940 to 1944. The islands in the river, *Île de la Cité* and *Île Saint-Louis*, are the oldest part of the city.`,
  closings: [
    'The city is divided into twenty *arrondissements*, numbered in a spiral from the centre.',
    'Its people are called *Parisiens* and *Parisiennes*.',
  ],
};

export const streaming: Topic = {
  name: 'streaming',
  keywords: ['streaming', 'stream work', 'server-sent', 'token', 'llm', 'language model', 'ai '],
  openings: [
    'A language model writes its answer one token at a time. Streaming simply means that you get to watch.',
    'Streaming does not make the model faster; it lets you read while the rest is still being written.',
    'Without streaming, the server collects the whole answer and sends it at the end. With streaming, it passes on every piece as soon as it exists.',
  ],
  core: `The path of a single word looks like this:

- **On the server**
  - the model computes probabilities for the next token and one is picked,
  - the token is turned into text,
  - the text is wrapped into a small JSON object, a *chunk*.
- **On the wire**
  - each chunk is sent as a *server-sent event*: the letters \`data: \`, the JSON, and an empty line,
  - the connection stays open in between,
  - the last event is \`data: [DONE]\`.
- **In the client**
  - the pieces are appended to what is already on the screen,
  - the final chunk tells why the answer ended and what it cost.

${FENCE}text
data: {"choices":[{"delta":{"content":"Hello"}}]}

data: [DONE]
${FENCE}`,
  more: `Two numbers describe how it feels. The *time to first token* is the wait until something appears; it grows with the length of the prompt, because the model has to read everything first. The *tokens per second* after that depend mostly on the size of the model and the load of the server.`,
  closings: [
    'When you press Stop, the connection is closed and most servers stop computing, but what was written so far is still charged.',
    'Note that chunks and tokens are not the same: a server may put several tokens into one chunk.',
  ],
};

export const compare: Topic = {
  name: 'compare',
  keywords: [
    'compare',
    'difference',
    'versus',
    ' vs',
    'table',
    'pros and cons',
    'which',
    'heat pump',
  ],
  openings: [
    'Here is how the usual ways of heating a house compare. The figures are for a well insulated house of 120 m² in a temperate climate.',
    'It depends on the house, but the ranges below are a fair starting point.',
    'Side by side:',
  ],
  core: `| | Heat pump | Gas boiler | Pellet stove | Direct electric |
| --- | ---: | ---: | ---: | ---: |
| Purchase, installed | 15,000–25,000 € | 8,000–12,000 € | 12,000–20,000 € | 3,000–6,000 € |
| Heat per kWh bought | 3.0–4.5 kWh | 0.9–1.0 kWh | 0.85–0.9 kWh | 1.0 kWh |
| Expected life | 18–20 years | 15–20 years | 15–20 years | 20–30 years |
| Space needed | outside unit | small | storage room | none |
| Regular work | almost none | yearly service | ash, deliveries | none |

**What decides in practice:**

1. *Flow temperature.* A heat pump pays off best if your radiators manage with 50 °C or less.
2. *Price ratio.* If electricity costs less than about three times as much as gas, the heat pump is cheaper to run.
3. *Remaining life.* Replacing a working boiler early rarely saves money, but plan the change before it fails in January.`,
  more: `A simple test costs nothing: on a cold day, turn the flow temperature of the existing boiler down to 50 °C and leave it there. If every room stays warm, the house is ready. If one room does not, a larger radiator in that room is usually all it takes.`,
  closings: [
    'If you tell me the yearly consumption and both energy prices, I can turn the table into figures for your house.',
    'Subsidies differ by country and year; check them before you sign, since most must be applied for first.',
  ],
};
