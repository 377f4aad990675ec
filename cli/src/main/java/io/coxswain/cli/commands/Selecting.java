package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.cli.CliError;
import io.coxswain.cli.server.Trees;

/// Label selectors on objects that are here already.
public final class Selecting {

    private Selecting() {}

    public static LabelSelectors labels(String text) {
        try {
            return LabelSelectors.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CliError(String.valueOf(e.getMessage()));
        }
    }

    public static boolean matches(LabelSelectors selector, Json.Obj object) {
        return selector.matches(Trees.map(object, "metadata.labels"));
    }
}
