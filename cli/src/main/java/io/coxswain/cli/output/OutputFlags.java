package io.coxswain.cli.output;

import io.coxswain.base.flags.Flag;

/// `-o` and what belongs to it.
public record OutputFlags(
        @Flag(
                        value =
                                "Output format. One of: (json, yaml, name, go-template,"
                                        + " go-template-file, template, templatefile, jsonpath,"
                                        + " jsonpath-as-json, jsonpath-file).",
                        letter = "o")
                String output,
        @Flag("If true, keep the managedFields when printing objects in JSON or YAML format.")
                boolean showManagedFields,
        @Flag("Template string or path to template file to use when -o=go-template.")
                String template) {

    /// Whether the user asked for a form of output.
    public boolean chosen() {
        return !output.isEmpty();
    }
}
