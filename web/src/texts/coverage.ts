// What the page of the hits says: texts/coverage.*.json. Loaded with it, for the first page must stay light.
import german from '../../../texts/coverage.de.json';
import english from '../../../texts/coverage.en.json';
import {addTexts} from './texts';

addTexts({de: german, en: english});
