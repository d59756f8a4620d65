// @ts-check
import { defineAll } from "../../ui/defineAll.js";
import { ShareDialog } from "./shareDialog.js";
import { SnippetBuilder } from "./snippetBuilder.js";

const VIEWS = { "ty-share-dialog": ShareDialog, "ty-snippet-builder": SnippetBuilder };

export const define = (registry = customElements) => defineAll(VIEWS, registry);
