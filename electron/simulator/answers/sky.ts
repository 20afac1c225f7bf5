import type { Topic } from './topic';

export const sky: Topic = {
  name: 'sky',
  keywords: ['sky blue', 'sky is blue', 'sky', 'rayleigh', 'scatter', 'atmosphere'],
  openings: [
    'The sky is blue because air scatters short wavelengths of light far more strongly than long ones, an effect known as **Rayleigh scattering**.',
    'It comes down to how sunlight meets very small things. Air molecules are much smaller than the wavelength of visible light, and they deflect blue light much more than red. Physicists call this **Rayleigh scattering**.',
    'In short: blue light bounces around in the air, red light mostly passes straight through. The name for this is **Rayleigh scattering**.',
  ],
  core: `Here is what happens step by step:

1. **Sunlight is a mixture.** What looks white contains every visible colour, from violet at about 400 nm to red at about 700 nm.
2. **Air molecules get in the way.** Nitrogen and oxygen are hundreds of times smaller than those wavelengths, so they do not reflect light like a mirror; each one briefly takes up the wave and sends it out again in all directions.
3. **Short waves are scattered most.** The strength grows with the inverse fourth power of the wavelength. Blue light at 450 nm is scattered roughly four to five times as strongly as red light at 650 nm.
4. **The whole sky glows.** Wherever you look, away from the sun, the light reaching your eye has been redirected by the air at least once, and most of it is blue.

Sunlight that reaches you directly has lost part of its blue on the way, which is why the sun itself looks slightly yellow from the ground and pure white from orbit.`,
  more: `The same rule explains a few things you can check yourself. The sky is deepest overhead, where you look through the least air, and paler towards the horizon, where the light has been scattered many times and the colours mix back towards white. High on a mountain it turns a darker blue, because there is less air left above you to do the scattering.

Clouds are white for the opposite reason: their droplets are *larger* than the wavelength of light and scatter all colours about equally.`,
  closings: [
    'If you want to go one step further, ask why the sky is not violet, although violet light is scattered even more.',
    'On the Moon, where there is no air, the sky stays black even at noon.',
  ],
};

export const violet: Topic = {
  name: 'violet',
  keywords: ['violet', 'purple', 'why not violet', 'indigo'],
  openings: [
    'Good question: by the scattering rule alone, violet ought to win. Three things tip the balance towards blue.',
    'Violet light is indeed scattered even more than blue. We still see blue, and the reason lies partly in the sun and partly in the eye.',
    'The sky *does* contain a lot of violet. We just do not see it as such.',
  ],
  core: `- **The sun sends less of it.** The solar spectrum peaks in the blue-green and falls off quickly towards violet.
- **The upper atmosphere takes some away.** Ozone and other molecules absorb part of the shortest wavelengths before they reach the ground.
- **Our eyes are not very sensitive there.** Colour vision rests on three kinds of cone. Light below about 430 nm excites the blue-sensitive cones only weakly, and the red-sensitive ones respond to it a little as well.

What matters is the *mixture* that arrives: a broad band from violet to green, strongest in the blue. The three kinds of cone answer to this mixture in nearly the same proportion as they would to blue light with some white added, and so pale blue is what we perceive.`,
  more: `This is the difference between physics and perception. A spectrometer pointed at a clear sky shows plenty of power at 410 nm. An animal with other receptors sees another sky: bees, for instance, are sensitive to ultraviolet and use the pattern of its polarisation to find their way.`,
  closings: [
    'So the short answer to "why not violet?" is: because of who is looking.',
    'A camera with its ultraviolet filter removed records a noticeably more violet sky.',
  ],
};

export const sunset: Topic = {
  name: 'sunset',
  keywords: ['sunset', 'sunrise', 'red sky', 'evening sky', 'orange'],
  openings: [
    'At sunset the same scattering is at work, only along a much longer path.',
    'Because the light has lost its blue on the way to you.',
    'A red evening sky is what remains of sunlight once the air has removed the short wavelengths.',
  ],
  core: `When the sun is overhead, its light crosses about 8 km of dense air (counted as if all of it had the density at sea level). At the horizon the path is close to **forty times** as long. Along the way:

1. blue and violet are scattered out of the beam first,
2. then much of the green,
3. and what is left is yellow, orange and finally red.

That remaining light also illuminates the undersides of clouds, which is why the best sunsets have clouds above and a clear horizon in the west.`,
  more: `Dust, smoke and sea salt add to the effect. After large volcanic eruptions, fine sulphate droplets in the stratosphere give vivid purple and red twilights for months, all around the globe. Thick haze near the ground does the reverse: it dims everything to a dull grey.`,
  closings: [
    'On Mars it is the other way round: fine dust makes the day sky butterscotch and the sunset blue.',
    'The brightest colours usually come ten to twenty minutes *after* the sun has set.',
  ],
};
