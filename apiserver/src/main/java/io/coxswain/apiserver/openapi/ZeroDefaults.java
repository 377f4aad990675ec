package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType.Component;
import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

/// What version 3 of OpenAPI says of fields that Go holds by value: absent, they are zero.
final class ZeroDefaults {

    private ZeroDefaults() {}

    /// The default of a field; null for none.
    static @Nullable Json of(Component component) {
        if (component.nullable()) {
            return null;
        }
        var raw = component.raw();
        if (isStruct(raw)) {
            // What is marked as always written is a pointer there.
            return component.has(Always.class) ? null : Json.EMPTY;
        }
        var written =
                component.has(Always.class)
                        || (component.has(Required.class) && !component.has(OmitEmpty.class));
        return written ? scalar(raw) : null;
    }

    /// The default of an item of a list or map.
    static @Nullable Json ofItem(Class<?> type) {
        return isStruct(type) ? Json.EMPTY : scalar(type);
    }

    private static boolean isStruct(Class<?> type) {
        return type.isRecord()
                && type != Quantity.class
                && !IntOrString.class.isAssignableFrom(type)
                && !Json.class.isAssignableFrom(type);
    }

    private static @Nullable Json scalar(Class<?> type) {
        if (type == String.class) {
            return Json.of("");
        }
        if (type == int.class || type == long.class || type == double.class) {
            return Json.of(0);
        }
        if (type == Integer.class || type == Long.class || type == Double.class) {
            return Json.of(0);
        }
        return type == boolean.class || type == Boolean.class ? Json.of(false) : null;
    }
}
