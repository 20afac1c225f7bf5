import type { Topic } from './topic';

export const travel: Topic = {
  name: 'travel',
  keywords: [
    'travel',
    'trip',
    'itinerary',
    'visit',
    'days in',
    'weekend',
    'holiday',
    'lisbon',
    'vacation',
  ],
  openings: [
    'Three days are a good length for Lisbon if you group the sights by hill.',
    'Here is a plan that keeps walking uphill to a minimum.',
    'I would spend two days in the city and one by the sea.',
  ],
  core: `## Day 1: the old town

- **Morning:** Alfama, before the heat. Start at the *Miradouro de Santa Luzia* and walk down towards the cathedral.
- **Midday:** grilled sardines in one of the small places around Largo de São Miguel.
- **Evening:** fado in a tavern; book a table, and keep quiet during the songs.

## Day 2: Belém

1. Take tram 15 or the train from Cais do Sodré (7 minutes).
2. Visit the *Mosteiro dos Jerónimos* first, it opens at 9:30 and the queue grows quickly.
3. Walk along the river to the tower, then to the MAAT.
4. *Pastéis de nata* at the bakery that invented them. The line for take-away is the short one.

## Day 3: Sintra or the beach

Trains to Sintra leave Rossio every half hour and take 40 minutes. Go up to the *Palácio da Pena* by bus and walk down through the park. If the weather is too good for palaces, take the train to Cascais instead.`,
  more: `**Getting around.** Buy a rechargeable *Navegante* card (0.50 €) and load it with credit; it works on metro, trams, lifts and suburban trains. Tram 28 is lovely and always full; ride it after eight in the evening.

**Budget.** Without the hotel, 60 to 80 € per person and day is comfortable.`,
  closings: [
    'Tell me when you travel and whether you have children with you, and I will adjust the pace.',
    'Bring shoes with a good sole: the polished limestone pavement is slippery even when dry.',
  ],
};

export const letter: Topic = {
  name: 'letter',
  keywords: [
    'letter',
    'email',
    'e-mail',
    'write to',
    'complaint',
    'landlord',
    'apology',
    'draft',
    'message to',
  ],
  openings: [
    'Here is a draft that is friendly in tone and clear about what you expect.',
    'I kept it short: facts first, then the request, then a date.',
    'You could write it like this:',
  ],
  core: `> **Subject: Broken heating in flat 3B – please arrange a repair by 14 March**
>
> Dear Mrs Okafor,
>
> since Monday, 3 March, the heating in my flat has not been working. The radiators in all three rooms stay cold, and this morning I measured 15 °C in the living room. I reported the fault by telephone on the same day, but have not heard back since.
>
> Could you please have the heating repaired by **Friday, 14 March**? I am at home on weekdays after 4 p.m., and the caretaker has a key if somebody can come earlier.
>
> Until then I am using two electric heaters and would like to agree with you on how to share the additional cost.
>
> Thank you for taking care of it.
>
> Kind regards,
> Daniel Weiss`,
  more: `A few thoughts behind the wording:

- **One date, in bold.** A deadline works better than "as soon as possible".
- **A measurement.** "15 °C" is harder to discuss away than "very cold".
- **An offer.** Naming the times when you are at home removes the first excuse.
- **No threat yet.** If nothing happens, a second letter can mention a reduction of the rent.`,
  closings: [
    'Keep a copy, and note the date on which you sent it.',
    'If you prefer a more formal version, I can rewrite it.',
  ],
};

export const recipe: Topic = {
  name: 'recipe',
  keywords: [
    'recipe',
    'metric',
    'cups',
    'ounces',
    'convert',
    'bake',
    'cook',
    'pancake',
    'bread',
    'fahrenheit',
  ],
  openings: [
    'Here is the recipe with all measures converted. I rounded to amounts you can actually weigh.',
    'Converted to metric, for about twelve pancakes:',
    'With metric measures it looks like this.',
  ],
  core: `### Buttermilk pancakes

| Original | Metric | Ingredient |
| --- | ---: | --- |
| 2 cups | 250 g | plain flour |
| 2 tablespoons | 25 g | sugar |
| 2 teaspoons | 8 g | baking powder |
| ½ teaspoon | 3 g | bicarbonate of soda |
| ½ teaspoon | 3 g | salt |
| 2 cups | 480 ml | buttermilk |
| 2 | 2 | eggs |
| 4 tablespoons | 55 g | butter, melted |

1. Mix the dry ingredients in a large bowl.
2. Whisk buttermilk, eggs and melted butter in a jug and pour them into the bowl. Stir only until no dry flour is left; small lumps are fine.
3. Let the batter rest for **10 minutes**.
4. Heat a pan to medium (about 190 °C, or 375 °F). Use 60 ml of batter for each pancake.
5. Turn when the bubbles on top stay open, after about 2 minutes, and bake the other side for 1 minute.`,
  more: `Cups measure volume, scales measure weight, so there is no single factor: a cup of flour weighs about 125 g, a cup of sugar 200 g, a cup of butter 225 g. For liquids it is simple, one US cup is 237 ml. British and Australian recipes use a cup of 250 ml or more, so look where the recipe comes from.`,
  closings: [
    'No buttermilk? Stir 2 tablespoons of lemon juice into 450 ml of milk and wait five minutes.',
    'They keep warm in the oven at 90 °C while you bake the rest.',
  ],
};

export const tasks: Topic = {
  name: 'tasks',
  keywords: [
    'checklist',
    'task',
    'to-do',
    'todo',
    'plan',
    'moving',
    'list of',
    'steps',
    'prepare',
    'organise',
    'organize',
  ],
  openings: [
    'Here is a checklist for moving house, sorted by time. I ticked what you can do today in half an hour.',
    'Most of the stress comes from things that need notice, so those stand at the top.',
    'This list assumes that you move in about six weeks.',
  ],
  core: `### Six weeks before

- [x] Write down the date and tell everyone who needs to know
- [x] Make a folder for contracts and receipts
- [ ] Give notice on the old flat, in writing
- [ ] Get three offers from moving companies
- [ ] Ask your employer for a day off

### Two weeks before

- [ ] Have the post forwarded
- [ ] Move electricity, internet and insurance to the new address
- [ ] Reserve parking space for the van
- [ ] Pack what you do not need: books, winter clothes, pictures

### On the day

- [ ] Photograph the meters in *both* flats
- [ ] Keep a box with tools, chargers, tea and toilet paper in reach
- [ ] Take pictures of the empty old flat before handing over the keys`,
  more: `Two habits help more than any list. **Number the boxes** and keep a note on your phone of what is in each; you will find the coffee machine in the first hour instead of the third day. And **pack one room at a time**, so that there is always one place left where you can sit.`,
  closings: [
    'Shall I turn this into dates? Tell me the day of the move.',
    'A normal flat of 70 m² fills about fifty boxes.',
  ],
};

export const story: Topic = {
  name: 'story',
  keywords: ['story', 'cat', 'tale', 'poem', 'fiction', 'once upon', 'talking'],
  openings: ['**The Cat Who Kept the Minutes**', '**Ludwig Speaks**', '**A Matter of Record**'],
  core: `Nobody in the village council knew that the cat could talk until the evening it asked to correct the minutes.

"It was forty-two in favour, not forty," said the cat from the top of the filing cabinet. "Mrs Lindqvist raised both hands, but only one of them was counted, and the baker voted from the doorway."

There was a silence in which the clock struck nine, twice, because it was an old clock.

"You can talk," said the mayor.

"I can also count," said the cat. "One is more useful than the other, I find."

They voted on whether the cat should be heard, and the cat counted. From then on it came every Thursday, sat on the cabinet and said very little. When somebody claimed to have always been against the new bridge, it would lift its head and give the date. Tempers cooled. Meetings grew shorter. The bridge was built.`,
  more: `Years later a traveller asked why a village so small had a council so reasonable. The mayor, who was old by then, poured the tea and thought about it.

"We have somebody who remembers," he said.

The cat was asleep on the cabinet, or appeared to be. One ear turned towards them. "Two sugars," it murmured. "He takes two."`,
  closings: ['*The end.*', '*From the minutes of the village of Österby, read and approved.*'],
};

export const greeting: Topic = {
  name: 'greeting',
  keywords: [
    'hello',
    'hi ',
    'hey',
    'good morning',
    'good evening',
    'who are you',
    'test',
    'help',
    'what can you',
  ],
  openings: ['Hello!', 'Hi there.', 'Good to see you.'],
  core: `I am the demo: a small program on this computer that answers the way a chat server would, with tokens, prices and a receipt, but without a model behind it. Nothing you type leaves your machine, and nothing is charged.

You could try one of these:

- *Why is the sky blue?* and then *And why not violet?*
- *Write an SQL query for our ten best customers.*
- *Plan three days in Lisbon.*
- *Convert this pancake recipe to metric.*
- *Derive the quadratic formula.*`,
  more: `Try several models on the same question as well: they differ in length, speed and price, and the figures under each answer show it. When you are ready, add a connection with your own key and the same window talks to a real server.`,
  closings: ['What shall it be?', 'Go ahead, ask.'],
};

export const picture: Topic = {
  name: 'picture',
  keywords: ['this picture', 'this image', 'this photo', 'in the picture', 'in the image'],
  openings: ['Thank you for the picture.', 'The picture has arrived.', 'I received your image.'],
  core: `This is the demo, so I cannot look at it: there is no model behind me. What I can tell is what a server does with a picture in general.

1. It is scaled down until it fits the size the model was trained for.
2. It is cut into square tiles, often 512 × 512 pixels.
3. Every tile becomes a fixed number of tokens, which are charged like words of the prompt.

A screenshot of a page of text therefore costs about as much as the text itself, sometimes more.`,
  more: `If you only need a part of a picture, crop it first: fewer tiles, a lower price, and usually a better answer, because small print survives the scaling.`,
  closings: [
    'With a real connection and a vision model, the same message would be answered for real.',
    'The picture stays on your computer.',
  ],
};
