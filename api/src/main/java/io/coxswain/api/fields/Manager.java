package io.coxswain.api.fields;

/// Who owns fields: a name, whether it applies or updates, and through which subresource.
///
/// @param apiVersion of the last request for updaters; empty for appliers, who are the same manager
/// in every version
record Manager(String name, Operation operation, String apiVersion, String subresource)
        implements Comparable<Manager> {

    /// In the order in which entries are written.
    enum Operation {
        APPLY("Apply"),
        UPDATE("Update");

        final String text;

        Operation(String text) {
            this.text = text;
        }
    }

    static Manager applier(String name, String subresource) {
        return new Manager(name, Operation.APPLY, "", subresource);
    }

    static Manager updater(String name, String apiVersion, String subresource) {
        return new Manager(name, Operation.UPDATE, apiVersion, subresource);
    }

    boolean applies() {
        return operation == Operation.APPLY;
    }

    @Override
    public int compareTo(Manager other) {
        var byName = name.compareTo(other.name);
        if (byName != 0) {
            return byName;
        }
        var byOperation = operation.compareTo(other.operation);
        return byOperation != 0
                ? byOperation
                : (apiVersion + "\n" + subresource)
                        .compareTo(other.apiVersion + "\n" + other.subresource);
    }

    /// As a conflict names it.
    @Override
    public String toString() {
        return "\""
                + name
                + "\""
                + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"")
                + (applies() ? "" : " using " + apiVersion);
    }
}
