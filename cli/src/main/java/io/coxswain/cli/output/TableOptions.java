package io.coxswain.cli.output;

import java.util.List;

/// What a table shows besides what the server put into it.
///
/// @param wide columns that are shown only on request, too
/// @param labelColumns labels with a column of their own
public record TableOptions(
        boolean wide,
        boolean headers,
        boolean namespaces,
        boolean showLabels,
        boolean showKind,
        List<String> labelColumns) {

    public TableOptions withNamespaces(boolean other) {
        return new TableOptions(wide, headers, other, showLabels, showKind, labelColumns);
    }

    public TableOptions withKind(boolean other) {
        return new TableOptions(wide, headers, namespaces, showLabels, other, labelColumns);
    }

    public TableOptions withHeaders(boolean other) {
        return new TableOptions(wide, other, namespaces, showLabels, showKind, labelColumns);
    }
}
