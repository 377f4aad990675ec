package io.coxswain.apiserver.registry;

import io.coxswain.api.codec.Encoded;
import io.coxswain.api.schema.ResourceKind;
import java.nio.charset.StandardCharsets;

/// Puts another version on the JSON of a record: versions of the same form share one.
///
/// @param own what the record's JSON begins with: `{"kind":"IPAddress","apiVersion":"…/v1"`
/// @param shown the same with the version that clients see
record VersionLabel(byte[] own, byte[] shown) {

    static VersionLabel of(ResourceKind<?> own, ResourceKind<?> shown) {
        return new VersionLabel(head(own), head(shown));
    }

    private static byte[] head(ResourceKind<?> kind) {
        var text = "{\"kind\":\"" + kind.kind() + "\",\"apiVersion\":\"" + kind.apiVersion() + "\"";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] on(byte[] json) {
        var labelled = new byte[json.length - own.length + shown.length];
        System.arraycopy(shown, 0, labelled, 0, shown.length);
        System.arraycopy(json, own.length, labelled, shown.length, json.length - own.length);
        return labelled;
    }

    Encoded on(Encoded object) {
        var moved = shown.length - own.length;
        return new Encoded(on(object.bytes()), object.revisionGap() + moved);
    }
}
