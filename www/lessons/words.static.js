// @ts-check
/** What the course's pages say besides its lessons, in the language of the build; for the build alone. */
import { SETTINGS } from "../settings/config.js";
import { t } from "../base/text.js";

/** What settings are called. @type {Record<string, string>} */
export const LABELS = Object.fromEntries(SETTINGS.map(({ key, label }) => [key, label]));

/** What choices are called. @type {Record<string, Record<string, string>>} */
export const CHOICES = Object.fromEntries(
  SETTINGS.filter(({ choices }) => choices).map(({ key, choices = [] }) => [
    key,
    Object.fromEntries(choices.map(({ value, label }) => [value, label])),
  ]),
);

export const WORDS = {
  otherLanguage: t("lessons.otherLanguage"),
  course: t("lessons.course"),
  courseAbout: t("lessons.courseAbout"),
  courseHow: t("lessons.courseHow"),
  skip: t("lessons.skip"),
  pages: t("lessons.pages"),
  playground: t("lessons.playground"),
  contents: t("lessons.contents"),
  glossary: t("lessons.glossary"),
  glossaryAbout: t("lessons.glossaryAbout"),
  teachers: t("lessons.teachers"),
  teachersAbout: t("lessons.teachersAbout"),
  challenges: t("lessons.challenges"),
  lessonOf: t("lessons.lessonOf", { number: "{number}", count: "{count}" }),
  minutes: t("lessons.minutes", { minutes: "{minutes}" }),
  goalReached: t("lessons.goalReached"),
  predictHeading: t("lessons.predictHeading"),
  tryHeading: t("lessons.tryHeading"),
  answerHeading: t("lessons.answerHeading"),
  wordsHeading: t("lessons.wordsHeading"),
  openPlayground: t("lessons.openPlayground"),
  openPanel: t("lessons.openPanel"),
  needsScripts: t("lessons.needsScripts"),
  experiment: t("lessons.experiment", { title: "{title}" }),
  goal: t("lessons.goal"),
  goalAtEnd: t("lessons.goalAtEnd"),
  notYet: t("lessons.notYet"),
  previous: t("lessons.previous"),
  next: t("lessons.next"),
  picture: t("lessons.picture"),
  allLessons: t("lessons.allLessons"),
  inLesson: t("lessons.inLesson"),
  showControl: t("lessons.showControl", { label: "{label}" }),
  classroomLink: t("lessons.classroomLink"),
  standards: t("lessons.standards"),
  challengesAbout: t("lessons.challengesAbout"),
  checkLabel: t("lessons.checkLabel"),
  check: t("lessons.check"),
  yourCode: t("lessons.yourCode"),
  copy: t("lessons.copy"),
  yourResults: t("lessons.yourResults"),
  classTable: t("lessons.classTable"),
  classAbout: t("lessons.classAbout"),
  classLabel: t("lessons.classLabel"),
  classShow: t("lessons.classShow"),
  license: t("lessons.license"),
  off: t("lessons.off"),
  none: t("lessons.none"),
  stages: {
    data: t("lessons.stageData"),
    model: t("lessons.stageModel"),
    training: t("lessons.stageTraining"),
    evaluation: t("lessons.stageEvaluation"),
    selection: t("lessons.stageSelection"),
    fields: t("lessons.stageFields"),
  },
  figures: {
    trainingLoss: t("lessons.trainingLoss"),
    testLoss: t("lessons.testLoss"),
    testAccuracy: t("lessons.testAccuracy"),
    validationAccuracy: t("lessons.validationAccuracy"),
    step: t("lessons.step"),
  },
  is: { "<": t("lessons.below"), ">": t("lessons.above"), "<=": t("lessons.atMost") },
};
