// What the pages of waves say: texts/waves.*.json. Loaded with them, for the first page must stay light.
import german from '../../../texts/waves.de.json';
import english from '../../../texts/waves.en.json';
import {addTexts} from './texts';

addTexts({de: german, en: english});
