package io.coxswain.apiserver.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelEnvironmentTest {

    private static final Map<String, DeclType> VARIABLES = new LinkedHashMap<>();

    static {
        var fields = new LinkedHashMap<String, DeclType.Field>();
        fields.put("name", new DeclType.Field("name", DeclType.STRING.max(10)));
        fields.put("replicas", new DeclType.Field("replicas", DeclType.INT));
        fields.put("__namespace__", new DeclType.Field("namespace", DeclType.STRING));
        fields.put(
                "items",
                new DeclType.Field("items", new DeclType.ListOf(DeclType.STRING.max(5), 20)));
        fields.put(
                "labels",
                new DeclType.Field(
                        "labels", new DeclType.MapOf(DeclType.STRING, DeclType.STRING, 10)));
        VARIABLES.put("self", new DeclType.ObjectOf("selfType", fields));
        VARIABLES.put("object", DeclType.DYN);
    }

    private static final CelEnvironment ENVIRONMENT = new CelEnvironment(VARIABLES);

    private static final Json.Obj TREE =
            JsonReader.readObject(
                    """
                    {"name": "web", "replicas": 3, "namespace": "ns", "items": ["a", "bb"],
                     "labels": {"x": "1"}, "spec": {"deep": [{"n": 1}, {"n": 2}], "none": null}}
                    """
                            .getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self.replicas == 3 && self.name.startsWith('w')",
                "self.__namespace__ == 'ns'",
                "self.items.all(i, i.size() < 3) && !self.items.exists(i, i == 'c')",
                "self.items.map(i, i + '!') == ['a!', 'bb!']",
                "self.items.filter(i, i != 'a') == ['bb']",
                "self.items.exists_one(i, i == 'a')",
                "'x' in self.labels && self.labels['x'] == '1' && self.labels.x == '1'",
                "self.labels.all(k, v, k == 'x' && v == '1')",
                "self.labels.transformMap(k, v, v + k) == {'x': '1x'}",
                "self.items.transformList(i, v, string(i) + v) == ['0a', '1bb']",
                "object.spec.deep[1].n == 2 && object.spec.deep[1].n == 2.0",
                "has(object.spec) && !has(object.status)",
                "object.?status.?replicas.orValue(7) == 7",
                "object.?spec.deep.hasValue()",
                "object[?'nope'].orValue('x') == 'x'",
                "optional.of(3).optMap(x, x + 1).value() == 4",
                "object.spec.none == null",
                "object.missing == 1 || true",
                "!(object.missing == 1 && false)",
                "self.items.exists(i, i == 'bb' || object.missing)",
                "quantity('1Gi').isGreaterThan(quantity('1G'))",
                "quantity('50k').add(20).compareTo(quantity('50020')) == 0",
                "quantity('1500m') == quantity('1.5') && isQuantity('1x') == false",
                "ip('::1').isLoopback() && ip('10.0.0.1').family() == 4 && !isIP('x')",
                "ip.isCanonical('::1') && !ip.isCanonical('0:0::1')",
                "cidr('10.0.0.0/8').containsIP('10.1.2.3') && !isCIDR('10.0.0.0')",
                "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16'))",
                "cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')",
                "cidr('10.1.2.3/8').ip() == ip('10.1.2.3')",
                "string(ip('10.0.0.1')) == '10.0.0.1'",
                "url('https://u@a.b:80/c%20d?x=1&x=2').getHost() == 'a.b:80'",
                "url('https://a.b:80/c?x=1&x=2').getQuery()['x'] == ['1', '2']",
                "url('https://a.b:80/c').getHostname() == 'a.b' && isURL('/path')",
                "'abc 123'.find('[0-9]+') == '123' && 'a1b2'.findAll('[0-9]') == ['1', '2']",
                "'abc'.matches('^a.c$')",
                "[1, 2, 3].sum() == 6 && [3, 1].min() == 1 && [1, 2].isSorted()",
                "['a', 'b', 'a'].lastIndexOf('a') == 2 && 'abcabc'.indexOf('c') == 2",
                "sets.contains([1, 2], [1]) && !sets.intersects([1], [2])",
                "sets.equivalent([1, 2], [2, 1, 1])",
                "semver('1.2.3').isLessThan(semver('1.10.0')) && isSemver('1.0.0-a.1')",
                "semver('v1.2', true).minor() == 2",
                "!format.dns1123Label().validate('a').hasValue()",
                "format.dns1123Label().validate('A').hasValue()",
                "format.named('nope') == optional.none()",
                "'%s has %d of %.1f'.format(['x', 3, 1.25]) == 'x has 3 of 1.2'",
                "'a,b'.split(',') == ['a', 'b'] && ['a', 'b'].join('-') == 'a-b'",
                "'Hello'.lowerAscii() == 'hello' && 'abc'.substring(1) == 'bc'",
                "timestamp('2024-02-29T01:02:03Z').getDayOfMonth() == 28",
                "duration('90m') == duration('1h30m') && duration('1h').getMinutes() == 60",
                "timestamp('2024-01-01T00:00:00Z') + duration('24h')"
                        + " == timestamp('2024-01-02T00:00:00Z')",
                "int('3') == 3 && double(1) == 1.0 && string(1.5) == '1.5' && 2u == uint(2)",
                "type(1) == int && type('a') == string",
                "dyn(1) == 1.0 && 1 < 1.5",
                "b'abc' == bytes('abc')",
                "[1, 2].map(x, x > 1, x * 2) == [4]",
                "{'a': 1}.a == 1 && size({'a': 1}) == 1",
                "'b' > 'a' && 'tacocat'.contains('oca')",
                "jsonpatch.escapeKey('a/b~c') == 'a~1b~0c'",
            })
    void isTrue(String expression) {
        assertThat(evaluate(expression)).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "object.missing|no such key: missing",
                "1 / 0|division by zero",
                "1 % 0|modulus by zero",
                "9223372036854775807 + 1|integer overflow",
                "self.items[5]|index out of bounds: 5",
                "object.name.foo|no such overload",
                "object.items.all(i, object.nope == i)|no such key: nope",
                "quantity('x')|quantities must match the regular expression"
                        + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                "optional.none().value() == 1|optional.none() dereference",
            })
    void failsAsUpstreamDoes(String expression, String message) {
        assertThatThrownBy(() -> evaluate(expression))
                .isInstanceOf(CelFailure.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "self.foo|ERROR: <input>:1:5: undefined field 'foo'",
                "nope|ERROR: <input>:1:1: undeclared reference to 'nope' (in container '')",
                "self.replicas + 'x'|ERROR: <input>:1:15: found no matching overload for '_+_'"
                        + " applied to '(int, string)'",
                "self.replicas +|ERROR: <input>:1:16: Syntax error: mismatched input '<EOF>'",
                "self.items.exists(1, true)|ERROR: <input>:1:19: argument must be a simple name",
            })
    void saysWhatIsWrong(String expression, String message) {
        assertThat(ENVIRONMENT.compile(expression))
                .isInstanceOfSatisfying(
                        CelEnvironment.Rejected.class,
                        rejected ->
                                assertThat(rejected.message().lines().findFirst().orElse(""))
                                        .startsWith(message)
                                        .doesNotContain("candidates"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "self.name|2",
                "has(self.name)|1",
                "self.items[0]|3",
                "self.name == 'web'|3",
                "self.items.all(i, i == 'zz')|10",
                "[1, 2]|10",
                "{'a': 1}|30",
                "self.replicas > 3 && false|3",
                "'abc'.matches('a')|1",
            })
    void costsWhatItCostsUpstream(String expression, long cost) {
        var budget = new Budget(Budget.PER_OBJECT);

        program(expression).evaluate(name -> Values.of(TREE, type(name)), budget);

        assertThat(budget.spent()).isEqualTo(cost);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "self.name|2|2",
                "self.items.all(i, i == 'a')|3|103",
                "self.name.contains('x')|2|3",
                "true ? self.name : 'a'|0|2",
            })
    void boundsTheCostFromDeclaredSizes(String expression, long min, long max) {
        assertThat(program(expression).estimate()).isEqualTo(new CostEstimate(min, max));
    }

    @Test
    void stopsWhenTheBudgetIsSpent() {
        var program = program("[1,2,3,4,5].all(a, [1,2,3,4,5].all(b, a + b > 0))");

        assertThatThrownBy(() -> program.evaluate(name -> null, new Budget(50)))
                .isInstanceOf(CelFailure.class)
                .hasMessage("operation cancelled: actual cost limit exceeded");
    }

    @Test
    void knowsTheTypeOfAResult() {
        assertThat(program("self.items").resultTypeName()).isEqualTo("list(string)");
        assertThat(program("self.name == 'a'").resultTypeName()).isEqualTo("bool");
        assertThat(program("object.x").resultTypeName()).isEqualTo("dyn");
    }

    @Test
    void listsOfTypeSetAreEqualInAnyOrder() {
        var set =
                new DeclType.ListOf(
                        DeclType.STRING, 10, io.coxswain.api.schema.Schema.ListType.SET, List.of());
        var a = Values.of(Json.array(List.of(Json.of("x"), Json.of("y"))), set);
        var b = Values.of(Json.array(List.of(Json.of("y"), Json.of("x"))), set);

        assertThat(Values.equal(a, b)).isTrue();
    }

    private static Object evaluate(String expression) {
        return program(expression)
                .evaluate(name -> Values.of(TREE, type(name)), new Budget(Budget.PER_OBJECT));
    }

    private static Program program(String expression) {
        return switch (ENVIRONMENT.compile(expression)) {
            case CelEnvironment.Compiled(var program) -> program;
            case CelEnvironment.Rejected(var message) -> throw new AssertionError(message);
        };
    }

    private static DeclType type(String name) {
        return VARIABLES.getOrDefault(name, DeclType.DYN);
    }
}
