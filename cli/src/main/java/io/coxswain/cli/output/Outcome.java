package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Trees;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Tells what was done to an object: `deployment.apps/web created`, or the object itself with `-o`.
public final class Outcome {

    private final @Nullable ObjectPrinter printer;
    private final DryRun dryRun;
    private final PrintStream out;

    public Outcome(OutputFlags flags, DryRun dryRun, PrintStream out) {
        this.printer = flags.chosen() ? ObjectPrinter.of(flags) : null;
        this.dryRun = dryRun;
        this.out = out;
    }

    public void tell(Json.Obj object, ResourceType type, String done) {
        if (printer == null) {
            out.println(type.printed(Trees.name(object)) + " " + done + dryRun.remark());
        } else {
            printer.print(object, type, out);
        }
    }

    /// Whether whole objects are printed.
    public boolean printsObjects() {
        return printer != null;
    }

    public void finish() {
        if (printer != null) {
            printer.finish(out);
        }
    }
}
