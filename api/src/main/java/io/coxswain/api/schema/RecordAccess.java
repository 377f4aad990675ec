package io.coxswain.api.schema;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Reads and makes the records of one class through bytecode written for it, which costs what the
/// same lines of Java would: reflection costs twice that at start and a fifth more later.
public interface RecordAccess {

    /// One component of a record.
    @Nullable Object get(Object record, int index);

    /// All components of a record, in a fresh array.
    @Nullable Object[] values(Object record);

    Object create(@Nullable Object[] values);

    /// Writes the class for `type`. Throws IllegalStateException when the record's package does not
    /// let this one in.
    static RecordAccess of(Class<?> type) {
        try {
            var home = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            var access =
                    home.defineHiddenClass(
                            new Source(type).bytes(),
                            true,
                            MethodHandles.Lookup.ClassOption.NESTMATE);
            return (RecordAccess) access.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot reach " + type, e);
        }
    }

    /// The bytecode for one record class.
    final class Source {

        private static final ClassDesc VALUES = CD_Object.arrayType();
        private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);

        private static final MethodTypeDesc GET = MethodTypeDesc.of(CD_Object, CD_Object, CD_int);
        private static final MethodTypeDesc TAKE = MethodTypeDesc.of(VALUES, CD_Object);
        private static final MethodTypeDesc CREATE = MethodTypeDesc.of(CD_Object, VALUES);

        private final ClassDesc self;
        private final ClassDesc record;
        private final RecordComponent[] components;

        private Source(Class<?> type) {
            self = ClassDesc.of(type.getName() + "Access");
            record = type.describeConstable().orElseThrow();
            components = type.getRecordComponents();
        }

        private byte[] bytes() {
            return ClassFile.of().build(self, this::declare);
        }

        private void declare(ClassBuilder made) {
            made.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
            made.withInterfaceSymbols(RecordAccess.class.describeConstable().orElseThrow());
            made.withMethodBody("<init>", NOTHING, ClassFile.ACC_PUBLIC, Source::construct);
            made.withMethodBody("get", GET, ClassFile.ACC_PUBLIC, this::get);
            made.withMethodBody("values", TAKE, ClassFile.ACC_PUBLIC, this::values);
            made.withMethodBody("create", CREATE, ClassFile.ACC_PUBLIC, this::create);
        }

        private static void construct(CodeBuilder code) {
            code.aload(0).invokespecial(CD_Object, "<init>", NOTHING).return_();
        }

        private void get(CodeBuilder code) {
            var cases = new ArrayList<SwitchCase>();
            for (var i = 0; i < components.length; i++) {
                cases.add(SwitchCase.of(i, code.newLabel()));
            }
            Label none = code.newLabel();
            code.aload(1).checkcast(record).astore(3).iload(2).tableswitch(none, cases);
            for (var each : cases) {
                code.labelBinding(each.target());
                read(code, components[each.caseValue()]);
                code.areturn();
            }
            code.labelBinding(none).aconst_null().areturn();
        }

        private void values(CodeBuilder code) {
            code.aload(1).checkcast(record).astore(3);
            code.loadConstant(components.length).anewarray(CD_Object);
            for (var i = 0; i < components.length; i++) {
                code.dup().loadConstant(i);
                read(code, components[i]);
                code.aastore();
            }
            code.areturn();
        }

        /// The component of the record in the third variable, as an object.
        private void read(CodeBuilder code, RecordComponent component) {
            var type = descriptor(component);
            code.aload(3).invokevirtual(record, component.getName(), MethodTypeDesc.of(type));
            if (type.isPrimitive()) {
                var box = box(type);
                code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, type));
            }
        }

        private void create(CodeBuilder code) {
            var types = new ArrayList<ClassDesc>();
            code.new_(record).dup();
            for (var i = 0; i < components.length; i++) {
                var type = descriptor(components[i]);
                types.add(type);
                code.aload(1).loadConstant(i).aaload();
                if (type.isPrimitive()) {
                    var unbox = components[i].getType().getName() + "Value";
                    code.checkcast(box(type))
                            .invokevirtual(box(type), unbox, MethodTypeDesc.of(type));
                } else {
                    code.checkcast(type);
                }
            }
            code.invokespecial(record, "<init>", MethodTypeDesc.of(CD_void, types)).areturn();
        }

        private static ClassDesc descriptor(RecordComponent component) {
            return component.getType().describeConstable().orElseThrow();
        }

        private static ClassDesc box(ClassDesc primitive) {
            return switch (TypeKind.from(primitive)) {
                case INT -> ClassDesc.of("java.lang.Integer");
                case LONG -> ClassDesc.of("java.lang.Long");
                case BOOLEAN -> ClassDesc.of("java.lang.Boolean");
                case DOUBLE -> ClassDesc.of("java.lang.Double");
                default -> throw new IllegalStateException("no such component: " + primitive);
            };
        }
    }
}
