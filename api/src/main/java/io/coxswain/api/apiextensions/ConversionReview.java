package io.coxswain.api.apiextensions;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record ConversionReview(
        String kind,
        String apiVersion,
        @Nullable ConversionRequest request,
        @Nullable ConversionResponse response) {

    public record ConversionRequest(
            @Required String uid,
            @Required String desiredAPIVersion,
            @Required List<Json> objects) {}

    public record ConversionResponse(
            @Required String uid, @Required List<Json> convertedObjects, @Required Status result) {}
}
