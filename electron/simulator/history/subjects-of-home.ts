import { recipe, story, travel } from '../answers/everyday';
import { sky, sunset, violet } from '../answers/sky';
import { capital, compare, maths, streaming } from '../answers/study';
import { budget, training } from '../answers/work';
import type { Subject } from './subject';

export const SUBJECTS_OF_HOME: readonly Subject[] = [
  {
    kind: 'everyday',
    tag: 'travel',
    topic: travel,
    questions: [
      'A weekend in Lisbon for two under €900',
      'Three days in Lisbon with children',
      'Lisbon in November: what to visit when it rains',
      'An itinerary for Lisbon without a car',
      'Lisbon or Porto for a first visit?',
    ],
    followUps: [
      [
        'We land at eleven at night. What then?',
        'Take a taxi from the rank, not from the hall: about €15 to the centre. Ask the hotel the day before whether the door is staffed; many small ones close at midnight. Plan nothing for the first morning.',
      ],
      [
        'What does it cost, day by day?',
        '| Day | For two |\n| --- | ---: |\n| Friday | €145 |\n| Saturday | €160 |\n| Sunday | €120 |\n| Flights and hotel | €430 |\n| **Together** | **€855** |\n\nThat leaves €45 for what nobody plans.',
      ],
      [
        'And if the train to Sintra is full?',
        'Go at 8:10 or after three in the afternoon. Between, the queue for the bus up the hill is longer than the way on foot, which takes fifty minutes through the forest and is the nicer half of the day.',
      ],
    ],
  },
  {
    kind: 'everyday',
    tag: 'kitchen',
    topic: recipe,
    questions: [
      'Turn this recipe into metric units',
      'Convert two cups of flour to grams, and the rest of the recipe',
      'Pancakes for twelve from a recipe for four',
      'Bake bread without a mixer: recipe, please',
      'What is 425 Fahrenheit for a recipe in an old oven?',
    ],
    followUps: [
      [
        'No buttermilk in the house.',
        'Stir 30 ml of lemon juice or vinegar into 450 ml of milk and wait ten minutes. It curdles a little; that is the point. Yoghurt with a third of water works as well.',
      ],
      [
        'Can I make it the evening before?',
        'Mix the dry parts in one bowl and the wet ones in another, and put the second into the fridge. Join them in the morning: once wet, baking powder has about twenty minutes.',
      ],
    ],
  },
  {
    kind: 'everyday',
    tag: 'house',
    topic: compare,
    questions: [
      'Heat pump or gas: compare over ten years',
      'Which heating for a house of 120 m²?',
      'Pros and cons of pellets, in a table',
      'Difference between an air and a ground heat pump',
      'Compare three ways to heat an old farmhouse',
    ],
    followUps: [
      [
        'Our radiators are from 1985.',
        'Then size decides, not age. Set the boiler to 50 °C for a cold week: if the rooms stay warm, the radiators are large enough for a heat pump. Usually two or three have to be replaced, not all.',
      ],
      [
        'How loud is the air one?',
        'About 50 dB at one metre and 35 dB at the neighbour’s window, if it does not stand in a corner. A corner adds 6 dB. Ask for the figure at night mode; that is the one that counts.',
      ],
    ],
  },
  {
    kind: 'everyday',
    tag: 'running',
    topic: training,
    questions: [
      'A training plan for my first half marathon',
      'Start running again after a long break',
      'Half marathon in twelve weeks, three runs each',
      'From 10k to a half: what changes?',
    ],
    followUps: [
      [
        'I missed a whole week with a cold.',
        'Do not make up for it. Go on with the week you are in, slower, and leave out the brisk run of the first one. Fitness goes slowly; what goes quickly is patience.',
      ],
      [
        'What do I eat before the race?',
        'What you ate before your long runs, three hours ahead, and nothing new. Up to an hour and a half of running needs water only; after that thirty grams of sugar every half hour.',
      ],
    ],
  },
  {
    kind: 'everyday',
    tag: 'house',
    topic: budget,
    questions: [
      'A household budget that we will really keep',
      'Where could we spend less without noticing?',
      'A savings plan for a new roof in four years',
      'Our electricity bill doubled. Why?',
    ],
    followUps: [
      [
        'Who should hold the joint account?',
        'Both, with the standing orders on it and nothing else. Each pays in a share of the income, not a fixed sum, and keeps an account of their own. Most quarrels about money are about having to ask.',
      ],
      [
        'And what about the roof?',
        '€18,000 in four years is €375 a month. Put it where you cannot see it, and ask for two offers in the third year rather than the fourth: roofers are booked for a season ahead.',
      ],
    ],
  },
  {
    kind: 'study',
    tag: 'physics',
    topic: sky,
    questions: [
      'Why is the sky blue?',
      'Explain Rayleigh scattering to a ten-year-old',
      'Why is the sky paler near the horizon?',
      'What scatters light in the atmosphere, and how strongly?',
    ],
    followUps: [
      [
        'And why not violet?',
        'Because of who is looking: the sun sends less violet, ozone takes some of it away, and the eye answers weakly below 430 nm. What arrives is a broad band from violet to green, and the mixture looks pale blue.',
      ],
      [
        'Does that hold on Mars?',
        'No. There the air is thin and full of fine dust, which scatters the red forward and the blue into a halo around the sun. The day sky is butterscotch and the sunset blue.',
      ],
    ],
  },
  {
    kind: 'study',
    tag: 'physics',
    topic: violet,
    questions: ['Why is the sky not violet?', 'Is violet light scattered more than blue?'],
    followUps: [
      [
        'What would a bee see?',
        'More of it. Bees see into the ultraviolet, down to about 300 nm, and they see the polarisation of the sky as a pattern that points to the sun even when clouds cover it.',
      ],
    ],
  },
  {
    kind: 'study',
    tag: 'physics',
    topic: sunset,
    questions: ['Why is a sunset red?', 'Orange evening sky after a dry week: why?'],
    followUps: [
      [
        'How long does the colour last?',
        'The best of it comes ten to twenty minutes after the sun has gone, when only the highest clouds are lit. Civil twilight ends when the sun is six degrees below the horizon, in Lisbon after about half an hour.',
      ],
    ],
  },
  {
    kind: 'study',
    tag: 'maths',
    topic: maths,
    questions: [
      'Derive the quadratic formula',
      'Solve 2x² − 4x − 6 = 0 and show each step of the equation',
      'Proof that the quadratic formula has two solutions at most',
      'What does the discriminant of an equation say?',
    ],
    followUps: [
      [
        'And when the coefficients are complex?',
        'The derivation does not change: every complex number but zero has exactly two square roots, so the formula gives two solutions or one double one. Only the table for the sign of $D$ loses its meaning, because complex numbers have no order.',
      ],
      [
        'Check my solution x = 3.',
        'Put it in: $2 \\cdot 9 - 4 \\cdot 3 - 6 = 18 - 12 - 6 = 0$. It holds. The other one is $x = -1$, since the sum of both is $-\\frac{b}{a} = 2$.',
      ],
    ],
  },
  {
    kind: 'study',
    tag: 'models',
    topic: streaming,
    questions: [
      'How does streaming work in a language model?',
      'What is a token, and why do I pay for it?',
      'Why does the LLM write word by word?',
      'Server-sent events or websockets for an LLM?',
    ],
    followUps: [
      [
        'Why is the prompt cheaper than the reply?',
        'The prompt is read in one pass, all tokens at once, which keeps the hardware busy. The reply is made one token at a time, each waiting for the one before it. The price follows the time on the machine.',
      ],
      [
        'Does a longer conversation cost more each time?',
        'Yes: the model remembers nothing, so all that was said goes along again. Ten turns of equal length cost about five times what ten single questions would. Begin anew when the subject changes.',
      ],
    ],
  },
  {
    kind: 'study',
    tag: 'school',
    topic: capital,
    questions: [
      'What is the capital of France, and since when?',
      'Five facts about Paris for a school talk',
      'Which capital in Europe has the most bridges?',
    ],
    followUps: [
      [
        'Was it always the capital?',
        'Not without breaks: kings preferred Tours, then Versailles, and from 1940 to 1944 the government sat in Vichy. Since 1944 nobody has questioned it.',
      ],
    ],
  },
  {
    kind: 'writing',
    tag: 'stories',
    topic: story,
    questions: [
      'A short story about a cat that keeps the minutes',
      'Once upon a time, in a village council: a tale',
      'A bedtime story with a talking cat, not too exciting',
    ],
    followUps: [
      [
        'Another ending, please.',
        'In the last year the cat no longer came. They left the place on the cabinet free, and whenever somebody began to remember things as they had not been, he looked up, stopped, and corrected himself. It was then that the mayor understood what the cat had done.',
      ],
    ],
  },
];
