package io.coxswain.api.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.apiextensions.CustomResourceDefinition.JSONSchemaProps;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.codec.Samples;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Event;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    @Test
    void everyRecordComesBackWithAllThatJsonShows() {
        for (var record : Records.all()) {
            same(record, (Record) Samples.of(record, 3));
            same(record, (Record) RecordType.of(record).empty());
        }
    }

    @Test
    void everyKindComesBackFromItsEnvelope() {
        for (var record : Records.roots()) {
            var sample = (Record) Samples.of(record, 5);
            var type = new TypeMeta("example.com/v1", "Thing");
            var envelope = Envelope.open(Envelope.of(sample, type));

            assertThat(envelope.type()).isEqualTo(type);
            assertThat(json((Record) envelope.read(record))).isEqualTo(json(bare(sample)));
        }
    }

    private static void same(Class<?> type, Record object) {
        var read = (Record) ProtoReader.read(type, ProtoWriter.write(object));

        assertThat(json(read)).as(type.getName()).isEqualTo(json(bare(object)));
        assertThat(ProtoWriter.write(read)).isEqualTo(ProtoWriter.write(object));
    }

    /// Without what only the envelope says.
    private static Record bare(Record object) {
        var type = RecordType.of(object.getClass());
        var places = java.util.Objects.requireNonNull(Numbers.of(object.getClass()));
        var values = type.absent();
        for (var component : type.components()) {
            if (places.containsKey(component.json())) {
                var value = component.get(object);
                values[component.index()] = value == null ? null : bareValue(value);
            }
        }
        return type.create(values);
    }

    private static Object bareValue(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(RoundTripTest::bareValue).toList();
        }
        return value instanceof Record part && Numbers.of(part.getClass()) != null
                ? bare(part)
                : value;
    }

    private static String json(Record object) {
        return new String(RecordWriter.write(object), StandardCharsets.UTF_8);
    }

    private static <T> T read(Class<T> type, String json) {
        return RecordReader.read(type, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEnvelopeCanBePutTogetherFromItsParts() {
        var map = read(ConfigMap.class, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
        var message = ProtoWriter.write(map);
        var head = Envelope.head(Envelope.typeOf(ConfigMap.class), message.length);
        var tail = Envelope.tail();
        var all = Arrays.copyOf(head, head.length + message.length + tail.length);
        System.arraycopy(message, 0, all, head.length, message.length);
        System.arraycopy(tail, 0, all, head.length + message.length, tail.length);

        assertThat(all).isEqualTo(Envelope.of(map));
    }

    @Test
    void timesKeepWhatJsonKeeps() {
        var event =
                read(
                        Event.class,
                        "{\"firstTimestamp\":\"2026-01-02T03:04:05Z\",\"lastTimestamp\":null,"
                                + "\"eventTime\":\"2026-01-02T03:04:05.000006Z\"}");

        var back = ProtoReader.read(Event.class, ProtoWriter.write(event));

        assertThat(back).isEqualTo(event);
    }

    @Test
    void partsOfAMessageMerge() {
        var one = ProtoWriter.write(read(Pod.class, "{\"spec\":{\"nodeName\":\"n\"}}"));
        var text = "{\"spec\":{\"hostNetwork\":true,\"tolerations\":[{\"key\":\"t\"}]}}";
        // Zero values are written too, so the later part must not carry the earlier one's field.
        var two = new WireWriter(64);
        var from = two.length();
        two.number(11, 1);
        two.delimit(2, from);
        var both = Arrays.copyOf(one, one.length + two.length());
        System.arraycopy(two.toBytes(), 0, both, one.length, two.length());

        var merged = ProtoReader.read(Pod.class, both);

        assertThat(merged.spec().nodeName()).isEqualTo("n");
        assertThat(merged.spec().hostNetwork()).isTrue();
        assertThat(read(Pod.class, text).spec().hostNetwork()).isTrue();
    }

    @Test
    void schemasKeepTheirFourShapes() {
        var text =
                """
                {"type":"object","items":[{"type":"string"},{"type":"integer"}],\
                "properties":{"a":{"type":"object","items":{"type":"array"},\
                "additionalProperties":{"type":"array","items":{"type":"string"},"not":{}}},\
                "b":{"additionalProperties":false,"additionalItems":true}},\
                "additionalProperties":true,\
                "dependencies":{"x":["y","z"],"z":{"minimum":1.5,"maxLength":7}}}\
                """;
        var schema = read(JSONSchemaProps.class, text);

        var back = ProtoReader.read(JSONSchemaProps.class, ProtoWriter.write(schema));

        assertThat(json(back)).isEqualTo(json(schema));
    }

    @Test
    void textIsUnicode() {
        var map = read(ConfigMap.class, "{\"data\":{\"k\":\"é😀\\u2028<&>\"}}");

        assertThat(ProtoReader.read(ConfigMap.class, ProtoWriter.write(map))).isEqualTo(map);
    }
}
