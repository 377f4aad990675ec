package io.coxswain.cli.describe;

import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;

/// Describes roles and their bindings.
final class AccessDescriber {

    private AccessDescriber() {}

    static void role(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, false);
        sheet.marks(object);
        sheet.line(0, "PolicyRule:");
        sheet.line(1, "Resources\tNon-Resource URLs\tResource Names\tVerbs");
        sheet.line(1, "---------\t-----------------\t--------------\t-----");
        RuleTable.rows(Trees.objects(object, "rules"))
                .forEach(cells -> sheet.line(1, String.join("\t", cells)));
    }

    static void binding(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, false);
        sheet.marks(object);
        sheet.line(0, "Role:");
        sheet.line(1, "Kind:\t" + Trees.text(object, "roleRef.kind"));
        sheet.line(1, "Name:\t" + Trees.text(object, "roleRef.name"));
        sheet.line(0, "Subjects:");
        sheet.line(1, "Kind\tName\tNamespace");
        sheet.line(1, "----\t----\t---------");
        for (var subject : Trees.objects(object, "subjects")) {
            sheet.line(
                    1,
                    subject.text("kind")
                            + "\t"
                            + subject.text("name")
                            + "\t"
                            + subject.text("namespace"));
        }
    }
}
