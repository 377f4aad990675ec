package io.coxswain.api.json;

import java.util.ArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// The token stream that all JSON of this module is read from, with Kubernetes' limits.
public final class JsonTokens {

    /// How deep objects and lists may nest, as in Go's decoder.
    public static final int DEPTH_MAX = 10_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .build();

    private JsonTokens() {}

    public static JsonFactory factory() {
        return FACTORY;
    }

    public static JsonParser open(byte[] json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /// Checks that nothing follows the value just read.
    public static void end(JsonParser parser, byte[] json) {
        if (parser.nextToken() != null) {
            throw new DecodeError(GoSyntax.explain(json));
        }
    }

    /// What Go's decoder says about the bytes that Jackson refused.
    public static DecodeError refused(byte[] json, JacksonException cause) {
        var words = GoSyntax.explain(json);
        return new DecodeError(words.isEmpty() ? cause.getOriginalMessage() : words);
    }

    /// Where the parser is: `spec.containers[0].name`.
    public static String path(JsonParser parser) {
        var chain = new ArrayList<TokenStreamContext>();
        for (var at = parser.streamReadContext(); at != null; at = at.getParent()) {
            chain.add(at);
        }
        var path = new StringBuilder();
        for (var at : chain.reversed()) {
            if (at.inArray()) {
                path.append('[').append(Math.max(0, at.getCurrentIndex())).append(']');
            } else if (at.inObject()) {
                path.append(path.isEmpty() ? "" : ".").append(at.currentName());
            }
        }
        return path.toString();
    }
}
