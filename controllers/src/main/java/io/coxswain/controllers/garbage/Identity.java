package io.coxswain.controllers.garbage;

/// Names an object for good: the kind and name find it, the UID tells it from a namesake.
///
/// @param namespace empty for objects of the whole cluster
record Identity(String apiVersion, String kind, String namespace, String name, String uid) {

    /// The group of `apiVersion`; versions of one group are the same objects.
    String group() {
        var slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
