package io.coxswain.cli.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.output.OutputFlags;
import io.coxswain.cli.resource.FileFlags;

/// The flags of commands that change objects which exist.
public record ChangeFlags(
        GlobalFlags global,
        FileFlags files,
        OutputFlags output,
        DryRunFlag dryRun,
        @Flag("Select all resources in the namespace of the specified resource types") boolean all,
        @Flag(value = "If true, the command is run in all namespaces.", letter = "A")
                boolean allNamespaces,
        @Flag("Selector (field query) to filter on, supports '=', '==', and '!='.")
                String fieldSelector,
        @Flag("Name of the manager used to track field ownership.") String fieldManager,
        @Flag("If true, the command will not contact the server but run locally.") boolean local,
        @Flag(
                        value =
                                "Selector (label query) to filter on, supports '=', '==', '!=',"
                                        + " 'in', 'notin'.",
                        letter = "l")
                String selector) {

    /// A record of flags that holds these.
    public interface Holder extends GlobalFlags.Holder {
        ChangeFlags change();

        @Override
        default GlobalFlags global() {
            return change().global();
        }
    }
}
