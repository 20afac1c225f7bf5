import { FENCE, type Topic } from './topic';

export const git: Topic = {
  name: 'git',
  keywords: ['git ', 'rebase', 'merge conflict', 'cherry-pick', 'squash commits', 'last commit'],
  openings: [
    'Nothing is lost here: Git keeps what was committed for weeks, even when no branch points to it.',
    'The safe order is: look first, make a branch as a bookmark, then change history.',
    'You can do this without touching anybody else’s work.',
  ],
  core: `${FENCE}sh
git status                 # nothing uncommitted that could get in the way
git branch before-cleanup  # a bookmark to come back to
git fetch origin
git rebase -i origin/main
${FENCE}

In the list that opens, each line is a commit. Leave \`pick\` in front of those that stay, write \`fixup\` in front of those that belong to the one above, and save.

When Git stops at a conflict, edit the files it names, then:

${FENCE}sh
git add -A
git rebase --continue
${FENCE}

If it goes wrong, \`git rebase --abort\` brings everything back to where it was.`,
  more: `Two habits make this rarely necessary. Commit small steps with messages that say *why*, and fetch the main branch every morning: a conflict of one day takes a minute, one of three weeks takes an afternoon.

After the rebase the branch has to be pushed with \`--force-with-lease\`, which refuses when somebody else has pushed in the meantime. A plain \`--force\` does not ask.`,
  closings: [
    'Delete the bookmark with `git branch -D before-cleanup` once you are content.',
    '`git reflog` lists every place your branch has been, should you ever need it.',
  ],
};

export const css: Topic = {
  name: 'css',
  keywords: ['css', 'flexbox', 'grid layout', 'centre a div', 'center a div', 'sticky header'],
  openings: [
    'Grid does this in three lines.',
    'The short answer is grid; flexbox works too, with a little more to say.',
    'No absolute positioning and no fixed heights are needed.',
  ],
  core: `${FENCE}css
.frame {
  display: grid;
  grid-template-rows: auto 1fr auto;
  min-height: 100dvh;
}

.frame > main {
  overflow: auto;
  display: grid;
  place-items: center;
}
${FENCE}

- \`1fr\` gives the middle row whatever is left, so the foot stays at the bottom of a short page.
- \`place-items: center\` centres in both directions.
- \`100dvh\` follows the address bar of phones; \`100vh\` does not.`,
  more: `If a child refuses to shrink, its minimum size is in the way: grid and flex items default to \`min-width: auto\`. Give it \`min-width: 0\` and long words or code will scroll inside instead of widening the page.`,
  closings: [
    'All of this works in every browser of the last three years.',
    'Try it with very little and very much text before you call it done.',
  ],
};

export const meeting: Topic = {
  name: 'meeting',
  keywords: ['meeting', 'agenda', 'minutes of', 'stand-up', 'retrospective', 'project kick-off'],
  openings: [
    'Here is an agenda that fits into forty-five minutes.',
    'I would keep it to three questions and end on time.',
    'This works for five to eight people.',
  ],
  core: `| Minutes | What | Who leads |
| ---: | --- | --- |
| 5 | What has changed since last time | Mara |
| 15 | The one decision we need today | whoever asked for it |
| 15 | Risks: what could stop us in the next two weeks | Jonas |
| 5 | Who does what by when | Mara |
| 5 | Spare, or home early | |

Send it a day ahead with the question of the second line written out in full. People who know the question bring an answer; people who know only the topic bring opinions.

**Minutes:** decisions and tasks only, with a name and a date each. If nobody is named, nobody will do it.`,
  more: `Two small rules help more than any template: begin on time even when somebody is missing, and let the most junior person speak first. The first teaches punctuality without a word about it, the second keeps the answers from being copies of the first one.`,
  closings: [
    'I can turn your notes into minutes of this form if you paste them.',
    'Cancel it when there is no decision to take; that is the best meeting of all.',
  ],
};

export const translation: Topic = {
  name: 'translation',
  keywords: [
    'translate',
    'translation',
    'into german',
    'into french',
    'into spanish',
    'in english',
  ],
  openings: [
    'Here is a version that reads as if it had been written in that language.',
    'I kept the tone polite but not stiff.',
    'A literal translation would sound odd here, so I followed the sense.',
  ],
  core: `> Sehr geehrte Frau Brandt,
>
> vielen Dank für Ihr Angebot vom 3. März. Wir möchten es gern annehmen, bitten aber um zwei kleine Änderungen: Die Lieferung sollte bis zum 28. März erfolgen, und die Rechnung bitten wir an unsere Buchhaltung in Graz zu richten.
>
> Sind Sie damit einverstanden? Dann genügt eine kurze Bestätigung per E-Mail.
>
> Mit freundlichen Grüßen
> Helen Marsh

Two choices you may want to know about:

- *“We are happy to accept”* became *“Wir möchten es gern annehmen”*: German business letters are glad more quietly.
- The request for the invoice stands before the question, because a reader expects all conditions first.`,
  more: `If you know each other well, *“Liebe Frau Brandt”* and *“Viele Grüße”* are fine, and the commas stay where they are: after a German salutation the text goes on in lower case.`,
  closings: [
    'Tell me if you prefer a less formal version.',
    'Have a native speaker look at it when a contract hangs on it.',
  ],
};

export const testing: Topic = {
  name: 'testing',
  keywords: ['unit test', 'test cases', 'edge cases', 'write tests', 'flaky test', 'code review'],
  openings: [
    'I would begin with the cases that have broken other people’s code.',
    'Sorted by how likely they are to bite:',
    'Here are the cases I would want to see before merging.',
  ],
  core: `1. **Nothing at all.** Empty input, a missing file, a list of length zero.
2. **Exactly one.** Many loops are right for zero and for two.
3. **The boundary itself.** If the limit is 100, test 99, 100 and 101.
4. **Text that is not ASCII.** An umlaut, an emoji of two code units, a line that ends in \`\\r\\n\`.
5. **Time.** The last of February, the hour that a clock change skips, the one it repeats.
6. **Twice.** Calling it again with the same input must do no harm.
7. **Halfway.** The connection closes in the middle; what is kept?

Each gets a name that reads as a sentence, so that the list of tests is the specification.`,
  more: `A test that fails now and then is worse than none, because it teaches everybody to press the button again. Nearly always it waits for a time instead of a state: replace the pause by waiting until the thing you check is there.`,
  closings: [
    'If you show me the function, I can write them out.',
    'Break the code on purpose once: a test that still passes was not one.',
  ],
};

export const training: Topic = {
  name: 'training',
  keywords: ['half marathon', 'training plan', 'running plan', 'start running', '10k'],
  openings: [
    'Twelve weeks are enough if you can run for thirty minutes today.',
    'The plan has three runs a week, because the fourth is the one people skip.',
    'Slow is the secret: four runs out of five should feel too easy.',
  ],
  core: `| Weeks | Tuesday | Thursday | Sunday |
| --- | --- | --- | --- |
| 1–3 | 30 min easy | 30 min easy | 8 km slow |
| 4–6 | 40 min easy | 6 × 400 m brisk | 11 km slow |
| 7–9 | 45 min easy | 20 min at race pace | 14 km slow |
| 10–11 | 45 min easy | 2 × 15 min at race pace | 17 km slow |
| 12 | 30 min easy | 15 min easy | the race |

*Easy* means that you can speak whole sentences. *Race pace* is what you could keep up for two hours, not for one.`,
  more: `Two short sessions of strength a week protect the knees better than any shoe: squats, calf raises, a plank, ten minutes in all. After every third week take a quiet one at two thirds of the distance.`,
  closings: [
    'When something hurts on one side only, stop for three days.',
    'Tell me your last time over 10 km and I will put paces to it.',
  ],
};

export const budget: Topic = {
  name: 'budget',
  keywords: [
    'household budget',
    'monthly budget',
    'savings plan',
    'spend less',
    'electricity bill',
  ],
  openings: [
    'Start with what leaves the account by itself; the rest is smaller than it feels.',
    'Here is a simple split that survives real life.',
    'Three numbers are enough to begin with.',
  ],
  core: `| Part | Share | On €2,600 |
| --- | ---: | ---: |
| Rent, heating, power | 40 % | €1,040 |
| Food and household | 20 % | €520 |
| Getting around | 10 % | €260 |
| Set aside, on the first of the month | 15 % | €390 |
| Everything else | 15 % | €390 |

Pay *Set aside* first and automatically. What is left on the last day belongs to you and needs no entry in any list.

Once a year, go through the standing orders. Insurance, telephone and power are each worth an hour: changing them saves more than a year of cheaper coffee.`,
  more: `Keep three months of the first two lines in an account you do not see every day. It turns a broken washing machine from a crisis into a nuisance, and that alone is worth more than the interest.`,
  closings: [
    'If you give me your real figures, I will put them beside these.',
    'Look at it quarterly, not daily.',
  ],
};
