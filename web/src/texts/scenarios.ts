// What the pages of own scenarios say: texts/scenarios.*.json. Loaded with them, for the first page must stay light.
import german from '../../../texts/scenarios.de.json';
import english from '../../../texts/scenarios.en.json';
import {addTexts} from './texts';

addTexts({de: german, en: english});
