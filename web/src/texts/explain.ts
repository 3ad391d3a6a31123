// What the explanations of a computation say: texts/explain.*.json. Loaded with them, for the first page must stay light.
import german from '../../../texts/explain.de.json';
import english from '../../../texts/explain.en.json';
import {addTexts} from './texts';

addTexts({de: german, en: english});
