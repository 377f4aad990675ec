package io.coxswain.apiserver.media;

import io.coxswain.api.proto.Envelope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The forms objects travel in, in the order in which refusals name them.
public enum MediaType {
    JSON("application/json", "application/json"),
    YAML("application/yaml", null),
    PROTOBUF(Envelope.MEDIA_TYPE, Envelope.MEDIA_TYPE + ";stream=watch");

    private final String text;
    private final @Nullable String stream;

    MediaType(String text, @Nullable String stream) {
        this.text = text;
        this.stream = stream;
    }

    /// `application/json`
    @Override
    public String toString() {
        return text;
    }

    /// The type of a watch; null for a type that cannot be streamed.
    public @Nullable String stream() {
        return stream;
    }

    /// The names of all types.
    static List<String> names() {
        return Arrays.stream(values()).map(MediaType::toString).toList();
    }

    /// What a watch may be asked for as.
    static List<String> streamNames() {
        return Arrays.stream(values())
                .filter(type -> type.stream != null)
                .map(type -> type + ";stream=watch")
                .toList();
    }

    /// The type without its parameters, in lower case; `""` for none.
    public static String bare(@Nullable String header) {
        if (header == null) {
            return "";
        }
        var end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    /// The type that a `Content-Type` names; null for one not known.
    static @Nullable MediaType named(String bare) {
        for (var type : values()) {
            if (type.text.equals(bare)) {
                return type;
            }
        }
        return null;
    }
}
