package io.coxswain.kubelet.node;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The iptables chains in which CNI's portmap plugin keeps host ports. The plugin takes a pod's
/// rules away but never its chains; here those go too, once no pod of anybody uses them.
final class HostPortRules {

    private static final String PORTS = "CNI-HOSTPORT-DNAT";
    private static final List<String> CHAINS =
            List.of(PORTS, "CNI-HOSTPORT-MASQ", "CNI-HOSTPORT-SETMARK");

    /// A word of a rule as `iptables -S` prints it: `nat`, or `"two words"`.
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private HostPortRules() {}

    static void remove(HostCommands commands) {
        for (var program : List.of("iptables", "ip6tables")) {
            if (commands.has(program)) {
                remove(commands, program);
            }
        }
    }

    private static void remove(HostCommands commands, String program) {
        var rules = commands.run(program, "-w", "-t", "nat", "-S");
        if (!rules.ok() || !rules.output().contains("-N " + PORTS)) {
            return;
        }
        var lines = rules.output().lines().toList();
        if (lines.stream().anyMatch(line -> line.startsWith("-A " + PORTS + " "))) {
            return; // Some pod still has a host port.
        }
        for (var line : lines) {
            if (line.startsWith("-A ") && CHAINS.stream().anyMatch(c -> line.endsWith("-j " + c))) {
                commands.require(deletion(program, line));
            }
        }
        for (var chain : CHAINS) {
            commands.run(program, "-w", "-t", "nat", "-F", chain);
            commands.run(program, "-w", "-t", "nat", "-X", chain);
        }
    }

    /// `-A OUTPUT -j X` as the command that deletes that rule.
    static String[] deletion(String program, String rule) {
        var words = new ArrayList<>(List.of(program, "-w", "-t", "nat", "-D"));
        var matcher = WORD.matcher(rule.substring("-A ".length()));
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words.toArray(String[]::new);
    }
}
