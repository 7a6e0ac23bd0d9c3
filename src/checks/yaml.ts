// logging takes it from here until it is rewritten
export { ReadableApiObject } from '../objects/readable-api-object';
