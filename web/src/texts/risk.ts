// What the page of the risk per year says: texts/risk.*.json. Loaded with it, for the first page must stay light.
import german from '../../../texts/risk.de.json';
import english from '../../../texts/risk.en.json';
import {addTexts} from './texts';

addTexts({de: german, en: english});
