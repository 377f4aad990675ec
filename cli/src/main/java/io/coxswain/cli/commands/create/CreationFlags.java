package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.commands.DryRunFlag;
import io.coxswain.cli.commands.ValidateFlag;
import io.coxswain.cli.output.OutputFlags;

/// The flags that all ways to create something have.
public record CreationFlags(
        GlobalFlags global,
        OutputFlags output,
        DryRunFlag dryRun,
        ValidateFlag validate,
        @Flag(value = "Name of the manager used to track field ownership.", def = "kubectl-create")
                String fieldManager,
        @Flag("If true, the configuration of current object will be saved in its" + " annotation.")
                boolean saveConfig)
        implements GlobalFlags.Holder {

    /// A record of flags that holds these.
    public interface Holder extends GlobalFlags.Holder {
        CreationFlags creation();

        @Override
        default GlobalFlags global() {
            return creation().global();
        }
    }
}
