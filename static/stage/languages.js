// The languages in which programs of labs are written, by their files' endings.

const LANGUAGES = { ".py": "Python", ".c": "C", ".go": "Go" };

/** ending is that of a file's name, with its dot. */
export const ending = (file) => file.slice(file.lastIndexOf("."));

/** language is the name of the language of a file; the file's own name when it is none of ours. */
export const language = (file) => LANGUAGES[ending(file)] ?? file;
