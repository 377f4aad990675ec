package io.coxswain.apiserver.policy;

import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.DeclType.Field;
import io.coxswain.apiserver.cel.DeclType.ListOf;
import io.coxswain.apiserver.cel.DeclType.MapOf;
import io.coxswain.apiserver.cel.DeclType.ObjectOf;
import java.util.LinkedHashMap;
import java.util.Map;

/// The types of what admission expressions see beside the object itself.
final class RequestTypes {

    static final DeclType AUTHORIZER = new DeclType.Opaque("kubernetes.authorization.Authorizer");
    static final DeclType RESOURCE_CHECK =
            new DeclType.Opaque("kubernetes.authorization.ResourceCheck");

    private static final DeclType STRING = DeclType.STRING;
    private static final DeclType STRINGS = list(STRING);
    private static final DeclType LABELS = map(STRING);

    private static final ObjectOf KIND =
            object(
                    "kubernetes.GroupVersionKind",
                    "group",
                    STRING,
                    "version",
                    STRING,
                    "kind",
                    STRING);
    private static final ObjectOf RESOURCE =
            object(
                    "kubernetes.GroupVersionResource",
                    "group",
                    STRING,
                    "version",
                    STRING,
                    "resource",
                    STRING);
    private static final ObjectOf USER =
            object(
                    "kubernetes.UserInfo",
                    "username",
                    STRING,
                    "uid",
                    STRING,
                    "groups",
                    STRINGS,
                    "extra",
                    map(STRINGS));

    static final ObjectOf REQUEST =
            object(
                    "kubernetes.AdmissionRequest",
                    "kind",
                    KIND,
                    "resource",
                    RESOURCE,
                    "subResource",
                    STRING,
                    "requestKind",
                    KIND,
                    "requestResource",
                    RESOURCE,
                    "requestSubResource",
                    STRING,
                    "name",
                    STRING,
                    "namespace",
                    STRING,
                    "operation",
                    STRING,
                    "userInfo",
                    USER,
                    "dryRun",
                    DeclType.BOOL,
                    "options",
                    DeclType.DYN);

    static final ObjectOf NAMESPACE =
            object(
                    "kubernetes.Namespace",
                    "metadata",
                    object(
                            "kubernetes.NamespaceMetadata",
                            "name",
                            STRING,
                            "generateName",
                            STRING,
                            "namespace",
                            STRING,
                            "labels",
                            LABELS,
                            "annotations",
                            LABELS,
                            "UID",
                            STRING,
                            "creationTimestamp",
                            DeclType.TIMESTAMP,
                            "deletionGracePeriodSeconds",
                            DeclType.INT,
                            "deletionTimestamp",
                            DeclType.TIMESTAMP,
                            "generation",
                            DeclType.INT,
                            "resourceVersion",
                            STRING,
                            "finalizers",
                            STRINGS),
                    "spec",
                    object("kubernetes.NamespaceSpec", "finalizers", STRINGS),
                    "status",
                    object("kubernetes.NamespaceStatus", "phase", STRING));

    /// What a mutation by JSON patch is made of.
    static final ObjectOf JSON_PATCH =
            object(
                    "JSONPatch",
                    "op",
                    STRING,
                    "path",
                    STRING,
                    "from",
                    STRING,
                    "value",
                    DeclType.DYN);

    private RequestTypes() {}

    private static DeclType list(DeclType item) {
        return new ListOf(item, DeclType.UNKNOWN_SIZE);
    }

    private static DeclType map(DeclType value) {
        return new MapOf(STRING, value, DeclType.UNKNOWN_SIZE);
    }

    private static ObjectOf object(String name, Object... fieldsAndTypes) {
        var fields = new LinkedHashMap<String, DeclType>();
        for (var i = 0; i < fieldsAndTypes.length; i += 2) {
            fields.put((String) fieldsAndTypes[i], (DeclType) fieldsAndTypes[i + 1]);
        }
        return object(name, fields);
    }

    static ObjectOf object(String name, Map<String, DeclType> types) {
        var fields = new LinkedHashMap<String, Field>();
        types.forEach((property, type) -> {
            // The uid of a namespace is called UID in expressions, as upstream has it.
            var jsonName = property.equals("UID") ? "uid" : property;
            fields.put(property, new Field(jsonName, type));
        });
        return new ObjectOf(name, fields);
    }
}
