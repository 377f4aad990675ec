package io.coxswain.conformance.operator;

import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/// A kind with every annotation that its generated definition takes up.
@Group("conformance.example.com")
@Version("v1")
@ShortNames("sp")
@Categories("trade")
@NullUnmarked
public class Shop extends CustomResource<Shop.Spec, Shop.Status> implements Namespaced {

    private static final long serialVersionUID = 1;

    /// What is wanted.
    @ValidationRule(
            value = "self.opens < self.closes",
            message = "a shop opens before it closes",
            reason = "FieldValueInvalid",
            fieldPath = ".opens")
    public static class Spec {
        @Required
        @Pattern("^[a-z ]+$")
        @PrinterColumn(name = "Town")
        @SelectableField
        public String town;

        @Min(0)
        @Max(24)
        public int opens;

        @Min(0)
        @Max(24)
        @Default("18")
        public Integer closes;

        @SpecReplicas public int tills;
        public Kind kind;
        public List<Article> articles;
        public Map<String, Quantity> stock;
    }

    /// What it sells.
    public enum Kind {
        BREAD,
        BOOKS
    }

    /// One thing on the shelf.
    public static class Article {
        @Required public String name;

        @Min(1)
        public long cents;
    }

    /// What is so.
    public static class Status {
        @StatusReplicas public int tills;
        @LabelSelector public String selector;
    }
}
