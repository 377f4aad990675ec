package io.coxswain.api.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.coxswain.api.codec.Samples;
import io.coxswain.api.codec.Shape;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Holds what we write and read against the messages that the official Java client was generated
/// with, from the definitions that Kubernetes publishes.
class OracleTest {

    private static final String CLIENT = "io.kubernetes.client.proto.";

    /// Our package, and the class of the client that holds its messages.
    private static final Map<String, String> CLASSES =
            Map.ofEntries(
                    Map.entry("core", "V1"),
                    Map.entry("meta", "Meta"),
                    Map.entry("autoscaling.v2", "V2Autoscaling"));

    /// Fields whose name in protobuf is not the one in JSON, or that it has no other way to say.
    private static final Map<String, String> RENAMED =
            Map.of("$schema", "schema", "$ref", "ref", "sysctls.name", "name");

    private static @Nullable Descriptor descriptor(Class<?> record) {
        var home = record.getPackageName().substring("io.coxswain.api.".length());
        var usual = "V1" + home.substring(0, 1).toUpperCase(Locale.ROOT) + home.substring(1);
        var holder = CLIENT + CLASSES.getOrDefault(home, usual);
        try {
            var type = Class.forName(holder + "$" + record.getSimpleName());
            return (Descriptor) type.getMethod("getDescriptor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /// All but those of aggregation, which the client leaves out.
    private static List<Class<?>> known() {
        return Records.all().stream()
                .filter(record -> !record.getPackageName().endsWith(".apiregistration"))
                .toList();
    }

    @Test
    void everyRecordIsKnownToTheClient() {
        var unknown = known().stream().filter(record -> descriptor(record) == null).toList();

        assertThat(unknown).isEmpty();
        assertThat(known()).hasSizeGreaterThan(500);
    }

    @Test
    void everyNumberHasTheNameItHasThere() {
        var wrong = new ArrayList<String>();
        for (var record : known()) {
            var descriptor = Objects.requireNonNull(descriptor(record));
            var places = Objects.requireNonNull(Numbers.of(record));
            places.forEach((name, place) -> compare(record, descriptor, name, place, wrong));
        }

        assertThat(wrong).isEmpty();
    }

    private static void compare(
            Class<?> record,
            Descriptor message,
            String name,
            Numbers.Place place,
            List<String> wrong) {
        var at = message;
        FieldDescriptor field = null;
        for (var number : place.path()) {
            field = at.findFieldByNumber(number);
            if (field == null) {
                wrong.add(record.getName() + "." + name + " is not there");
                return;
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                at = field.getMessageType();
            }
        }
        var component =
                RecordType.of(record).components().stream()
                        .filter(part -> part.json().equals(name))
                        .findFirst()
                        .orElseThrow();
        var shape = Shape.of(component.type(), component.has(Micros.class));
        if (!fits(shape, Objects.requireNonNull(field))) {
            wrong.add(record.getName() + "." + name + " is no " + field.getType());
        }
        var theirs = field.getName();
        if (!theirs.equals("items") && !plain(theirs).equals(plain(name))) {
            wrong.add(record.getName() + "." + name + " is called " + theirs);
        }
    }

    private static boolean fits(Shape shape, FieldDescriptor field) {
        return switch (shape.tag()) {
            case TEXT -> field.getType() == FieldDescriptor.Type.STRING;
            case INT32 -> field.getType() == FieldDescriptor.Type.INT32;
            case INT64 -> field.getType() == FieldDescriptor.Type.INT64;
            case BOOL -> field.getType() == FieldDescriptor.Type.BOOL;
            case FLOAT64 -> field.getType() == FieldDescriptor.Type.DOUBLE;
            case BYTES -> field.getType() == FieldDescriptor.Type.BYTES;
            case TIME -> message(field).equals("Time");
            case MICRO_TIME -> message(field).equals("MicroTime");
            case QUANTITY -> message(field).equals("Quantity");
            case INT_OR_STRING -> message(field).equals("IntOrString");
            case TREE -> field.getType() == FieldDescriptor.Type.MESSAGE;
            case RECORD -> message(field).equals(shape.struct().getSimpleName());
            case LIST ->
                    field.isRepeated()
                            ? fits(shape.itemShape(), field)
                            : fits(shape.itemShape(), field.getMessageType().findFieldByNumber(1));
            case MAP -> {
                var value = field.getMessageType().findFieldByNumber(2);
                yield field.isMapField() && fits(shape.itemShape(), value);
            }
        };
    }

    private static String message(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.MESSAGE
                ? field.getMessageType().getName()
                : "";
    }

    private static String plain(String name) {
        var renamed = RENAMED.getOrDefault(name, name);
        return renamed.replaceAll("[-_$]", "").toLowerCase(Locale.ROOT);
    }

    @Test
    void theClientReadsWhatWeWrite() throws Exception {
        for (var record : known()) {
            var descriptor = Objects.requireNonNull(descriptor(record));
            var bytes = ProtoWriter.write((Record) Samples.of(record, 3));
            var theirs = DynamicMessage.parseFrom(descriptor, bytes);

            assertThat(strangers(theirs)).as(record.getName()).isEmpty();
            assertThat(theirs.toByteArray()).as(record.getName()).isEqualTo(bytes);
        }
    }

    @Test
    void theClientReadsEnvelopes() throws Exception {
        var pod = (Record) Samples.of(io.coxswain.api.core.Pod.class, 6);
        var bytes = Envelope.of(pod);
        var open =
                io.kubernetes.client.proto.Runtime.Unknown.parseFrom(
                        ByteString.copyFrom(bytes, 4, bytes.length - 4));

        assertThat(open.getTypeMeta().getApiVersion()).isEqualTo("v1");
        assertThat(open.getTypeMeta().getKind()).isEqualTo("Pod");
        assertThat(open.getRaw().toByteArray()).isEqualTo(ProtoWriter.write(pod));
        assertThat(open.toByteArray()).hasSize(bytes.length - 4);
    }

    @Test
    void weReadWhatTheClientWrites() throws Exception {
        for (var record : known()) {
            var descriptor = Objects.requireNonNull(descriptor(record));
            var theirs = filled(descriptor, 3);
            var ours = (Record) ProtoReader.read(record, theirs.toByteArray());
            var back = DynamicMessage.parseFrom(descriptor, ProtoWriter.write(ours));

            var lost = new ArrayList<String>();
            missing(theirs, back, record.getSimpleName(), lost);
            assertThat(lost).as(record.getName()).isEmpty();
        }
    }

    /// Fields that no published message has.
    private static List<String> strangers(Message message) {
        var found = new ArrayList<String>();
        message.getUnknownFields()
                .asMap()
                .keySet()
                .forEach(n -> found.add(message.getDescriptorForType().getName() + "." + n));
        message.getAllFields()
                .forEach((field, value) -> {
                    if (value instanceof Message inner) {
                        found.addAll(strangers(inner));
                    } else if (value instanceof List<?> list
                            && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                        list.forEach(each -> found.addAll(strangers((Message) each)));
                    }
                });
        return found;
    }

    /// What `before` says and `after` does not, apart from fields that our records do not have.
    private static void missing(Message before, Message after, String path, List<String> lost) {
        before.getAllFields()
                .forEach((field, value) -> {
                    var at = path + "." + field.getName();
                    var there = after.getField(field);
                    if (value instanceof Message inner) {
                        missing(inner, (Message) there, at, lost);
                    } else if (value instanceof List<?> list
                            && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                        var other = (List<?>) there;
                        if (list.size() != other.size()) {
                            lost.add(at + " " + list.size() + " " + other.size());
                        } else {
                            for (var i = 0; i < list.size(); i++) {
                                var one = (Message) list.get(i);
                                missing(one, (Message) other.get(i), at, lost);
                            }
                        }
                    } else if (!value.equals(there)) {
                        lost.add(at + " " + value + " " + there);
                    }
                });
    }

    /// A message with every field filled in, down to a depth.
    private static DynamicMessage filled(Descriptor descriptor, int depth)
            throws InvalidProtocolBufferException {
        var builder = DynamicMessage.newBuilder(descriptor);
        for (var field : descriptor.getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth == 0) {
                continue;
            }
            if (SKIPPED.contains(descriptor.getName() + "." + field.getName())) {
                continue;
            }
            var value = value(descriptor, field, depth);
            if (field.isRepeated()) {
                builder.addRepeatedField(field, value);
            } else {
                builder.setField(field, value);
            }
        }
        return builder.build();
    }

    /// Alternatives of a message that may hold only one of them, and removed fields.
    private static final List<String> SKIPPED =
            List.of(
                    "JSONSchemaPropsOrArray.schema",
                    "JSONSchemaPropsOrStringArray.schema",
                    "IntOrString.intVal",
                    "Timestamp.nanos",
                    "Time.nanos",
                    // Only in the definitions, not in v1.36.
                    "HorizontalPodAutoscalerCondition.observedGeneration");

    private static Object value(Descriptor in, FieldDescriptor field, int depth)
            throws InvalidProtocolBufferException {
        return switch (field.getJavaType()) {
            case INT -> in.getName().equals("MicroTime") ? 6000 : 7;
            case LONG -> in.getName().equals("IntOrString") ? 1L : 1_700_000_000L;
            case BOOLEAN -> true;
            case DOUBLE -> 1.5;
            case FLOAT -> 1.5f;
            case STRING -> in.getName().equals("Quantity") ? "1500m" : "text";
            case BYTE_STRING ->
                    ByteString.copyFromUtf8(
                            field.getName().equalsIgnoreCase("raw") ? "{\"a\":1}" : "b");
            case MESSAGE -> filled(field.getMessageType(), depth - 1);
            case ENUM -> field.getEnumType().getValues().getFirst();
        };
    }

    @Test
    void componentsThatHaveNoNumberAreOnlyNames() {
        var names = new HashMap<String, String>();
        for (var record : known()) {
            var places = Objects.requireNonNull(Numbers.of(record));
            RecordType.of(record).components().stream()
                    .filter(part -> !places.containsKey(part.json()))
                    .forEach(part -> names.put(part.json(), record.getName()));
        }

        assertThat(names.keySet()).isSubsetOf("kind", "apiVersion");
    }
}
