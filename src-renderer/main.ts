import { mount } from 'svelte';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/controls.css';
import './styles/fields.css';
import './styles/photos.css';
import './styles/messages.css';
import App from './App.svelte';
import { connect } from './client/connect.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no element with the id "app".');

mount(App, { target, props: { client: connect(window), store: localStorage } });
