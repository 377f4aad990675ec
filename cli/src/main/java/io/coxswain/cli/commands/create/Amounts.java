package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Quantity;
import io.coxswain.cli.CliError;
import io.coxswain.cli.server.Trees;
import java.util.LinkedHashMap;

/// Amounts of resources on a command line: `cpu=200m,memory=512Mi`.
public final class Amounts {

    private Amounts() {}

    public static Json.Obj of(String text) {
        var amounts = new LinkedHashMap<String, String>();
        for (var word : text.split(",")) {
            var parts = word.split("=", -1);
            if (parts.length != 2) {
                throw new CliError(
                        "Invalid argument syntax " + word + ", expected <resource>=<value>");
            }
            try {
                amounts.put(parts[0], Quantity.parse(parts[1]).text());
            } catch (IllegalArgumentException e) {
                throw new CliError(String.valueOf(e.getMessage()));
            }
        }
        return Trees.strings(amounts);
    }
}
