package io.coxswain.storage;

import java.util.List;
import java.util.Map;

/// What can be asked about a stored object without decoding it.
///
/// @param labels for label selectors
/// @param fields the kind's selectable fields beside name and namespace, for field selectors
/// @param owners the UIDs of its owner references, for garbage collection
public record Header(
        String uid, Map<String, String> labels, Map<String, String> fields, List<String> owners) {

    public static final Header EMPTY = new Header("", Map.of(), Map.of(), List.of());
}
