package io.coxswain.apiserver.flowcontrol;

/// What a request belongs to: the requests of one flow are alike and wait for each other.
///
/// @param schema the name of the FlowSchema that matched
/// @param schemaUid for the header that tells the client
/// @param distinguisher the user or namespace that sets this flow apart in its schema
record Flow(String schema, String schemaUid, Level level, String distinguisher) {

    /// Decides which queues the flow may use.
    long hash() {
        var hash = 0xcbf29ce484222325L;
        for (var part : new String[] {schema, "\0", distinguisher}) {
            for (var i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
        }
        return hash & Long.MAX_VALUE;
    }
}
