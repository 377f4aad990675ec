package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.Errors;

/// Reads records that are no stored kind: options, reviews, bindings.
public final class Plain {

    private Plain() {}

    /// Throws BadRequest with the reader's text for what cannot be read.
    public static <T> T read(Class<T> type, byte[] json, Problems problems) {
        try {
            return RecordReader.read(type, json, problems);
        } catch (DecodeError e) {
            throw Errors.badRequest(e.getMessage());
        }
    }
}
