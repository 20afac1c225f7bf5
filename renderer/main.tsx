import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startFeed } from './live/use-live-runs';
import { LANGUAGE, startTexts } from './locales/i18n';
import { connectToMain } from './rpc/client';
import { regionalLocale, setFormatLocale } from './ui/format';

startTexts();
setFormatLocale(regionalLocale(LANGUAGE, navigator.languages));
connectToMain();
startFeed();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
