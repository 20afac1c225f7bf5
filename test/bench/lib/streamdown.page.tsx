import { math } from '@streamdown/math';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';

declare global {
  interface Window {
    follow?: (url: string) => Promise<void>;
  }
}

const plugins = { math };

/** What most chat pages do: the whole text goes to Streamdown each time there is more of it. */
function Page() {
  const [text, setText] = useState('');
  const thread = useRef<HTMLDivElement>(null);
  useEffect(() => {
    window.follow = (url) => follow(url, setText);
    performance.mark('slice:usable');
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end is kept in sight as the text grows
  useEffect(() => {
    if (thread.current) thread.current.scrollTop = thread.current.scrollHeight;
  }, [text]);
  return (
    <>
      <div id="thread" ref={thread}>
        <Streamdown plugins={plugins}>{text}</Streamdown>
      </div>
      <textarea />
    </>
  );
}

/** Takes up what has arrived once a frame. */
async function follow(url: string, show: (text: string) => void): Promise<void> {
  const { body } = await fetch(url);
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let waiting = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    if (waiting) continue;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      show(text);
    });
  }
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
