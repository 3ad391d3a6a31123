// What the pages of all Germany say: texts/germany.*.json. Loaded with them, for the first page must stay light.
import german from '../../../texts/germany.de.json';
import english from '../../../texts/germany.en.json';
import {addTexts} from './texts';

addTexts({de: german, en: english});
