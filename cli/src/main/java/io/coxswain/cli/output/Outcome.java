package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Trees;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells what was done to an object: `deployment.apps/web created`, or the object itself with `-o`.
public final class Outcome {

    private final @Nullable ObjectPrinter printer;
    private final DryRun dryRun;
    private final PrintStream out;
    private final List<Json> kept = new ArrayList<>();
    private boolean together;

    public Outcome(OutputFlags flags, DryRun dryRun, PrintStream out) {
        this.printer = flags.chosen() ? ObjectPrinter.of(flags) : null;
        this.dryRun = dryRun;
        this.out = out;
    }

    /// Prints several objects as one `List`, at the end.
    public Outcome together() {
        together = true;
        return this;
    }

    /// @param type null for what is no resource of its own, such as a Scale
    public void tell(Json.Obj object, @Nullable ResourceType type, String done) {
        if (printer == null) {
            out.println(ObjectPrinter.name(object, type) + " " + done + dryRun.remark());
        } else if (together && !printer.namesOnly()) {
            kept.add(object);
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
            printKept(printer);
            printer.finish(out);
        }
    }

    private void printKept(ObjectPrinter chosen) {
        if (kept.size() > 1 && !chosen.itemByItem()) {
            var items = Json.array(List.copyOf(kept));
            var list = Trees.of("apiVersion", "v1", "items", items, "kind", "List");
            chosen.print(list.with("metadata", Json.EMPTY), null, out);
            return;
        }
        kept.forEach(object -> chosen.print(Trees.object(object), null, out));
    }
}
