package io.coxswain.cli.server;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.ApiError;
import io.coxswain.http.Exchange;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The events of a watch, one JSON object a line.
public final class Frames implements AutoCloseable {

    private final Exchange exchange;
    private final InputStream in;

    /// @param type `ADDED`, `MODIFIED`, `DELETED` or `BOOKMARK`
    public record Event(String type, Json.Obj object) {}

    public Frames(Exchange exchange) {
        this.exchange = exchange;
        this.in = new BufferedInputStream(exchange.body().asStream());
    }

    /// The next event, or null at the end. Throws [ApiError] for an `ERROR` event.
    public @Nullable Event next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        if (line.size() == 0) {
            return null;
        }
        var event = JsonReader.readObject(line.toByteArray());
        if (event.text("type").equals("ERROR")) {
            var status = event.object("object");
            throw new ApiError(RecordReader.fromTree(Status.class, status, new Problems()));
        }
        return new Event(event.text("type"), event.object("object"));
    }

    @Override
    public void close() {
        exchange.body().close();
    }
}
