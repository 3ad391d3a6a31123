// What the pages of the survey say: texts/survey.*.json. Loaded with them, for the first page must stay light.
import german from '../../../texts/survey.de.json';
import english from '../../../texts/survey.en.json';
import {addTexts} from './texts';

addTexts({de: german, en: english});
