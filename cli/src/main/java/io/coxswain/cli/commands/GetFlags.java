package io.coxswain.cli.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.output.OutputFlags;
import io.coxswain.cli.output.TableOptions;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.SelectFlags;
import java.util.Arrays;
import java.util.List;

/// The flags of `get`.
public record GetFlags(
        GlobalFlags global,
        FileFlags files,
        SelectFlags select,
        OutputFlags output,
        @Flag(
                        value =
                                "Return large lists in chunks rather than all at once. Pass 0 to"
                                        + " disable.",
                        def = "500")
                int chunkSize,
        @Flag(
                        "If set to true, suppresses NotFound error for specific objects that do not"
                                + " exist.")
                boolean ignoreNotFound,
        @Flag(
                        value =
                                "Accepts a comma separated list of labels that are going to be"
                                        + " presented as columns.",
                        letter = "L")
                List<String> labelColumns,
        @Flag("When using the default or custom-column output format, don't print headers.")
                boolean noHeaders,
        @Flag("Output watch event objects when --watch or --watch-only is used.")
                boolean outputWatchEvents,
        @Flag("Raw URI to request from the server.") String raw,
        @Flag(value = "If true, have the server return the appropriate table output.", def = "true")
                boolean serverPrint,
        @Flag("If present, list the resource type for the requested object(s).") boolean showKind,
        @Flag("When printing, show all labels as the last column.") boolean showLabels,
        @Flag("If non-empty, sort list types using this field specification.") String sortBy,
        @Flag("If specified, gets the subresource of the requested object.") String subresource,
        @Flag(
                        value = "After listing/getting the requested object, watch for changes.",
                        letter = "w")
                boolean watch,
        @Flag("Watch for changes to the requested object(s), without listing/getting first.")
                boolean watchOnly)
        implements GlobalFlags.Holder {

    boolean watches() {
        return watch || watchOnly;
    }

    /// Whether the server's tables are shown, not objects.
    boolean table() {
        return output.output().isEmpty() || output.output().equals("wide");
    }

    TableOptions tableOptions() {
        var labels = labelColumns.stream().flatMap(l -> Arrays.stream(l.split(","))).toList();
        return new TableOptions(
                output.output().equals("wide"),
                !noHeaders,
                select.allNamespaces(),
                showLabels,
                showKind,
                labels);
    }
}
