"""From candidate sentences to an answer, one file a form, without a language model."""
