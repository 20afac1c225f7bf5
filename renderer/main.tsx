import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startEarly } from './app/early-start';
import { startFeed } from './live/use-live-runs';
import { startTexts } from './locales/i18n';
import { connectToMain } from './rpc/client';
import { speak, startHidesMoney, startLanguage } from './state/look';
import { hideMoney } from './ui/hidden-money';

startTexts();
hideMoney(startHidesMoney());
startEarly();
void connectToMain();
startFeed();
// Another language than English is a file of its own, and nothing is drawn before it is there.
void speak(startLanguage()).then(draw);

function draw(): void {
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
