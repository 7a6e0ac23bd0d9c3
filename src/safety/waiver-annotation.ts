/** The prefix of the annotation that is a waiver. The id of the rule follows it. */
export const WAIVER_ANNOTATION = 'waiver.cdk8s-storage-patterns/';
