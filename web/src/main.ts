import {mount} from 'svelte';
import '@kern-ux/native/dist/kern.min.css';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/page.css';
import './styles/print.css';
import App from './App.svelte';

mount(App, {target: document.querySelector('#page')!});
