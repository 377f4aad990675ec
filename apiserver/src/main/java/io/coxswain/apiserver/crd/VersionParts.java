package io.coxswain.apiserver.crd;

import io.coxswain.api.columns.Columns;

/// What a version consists of beside its names and its schema.
record VersionParts(
        VersionFacts facts, Columns<CustomObject> columns, RuleCheck rules, Lifeline line) {}
