package org.almosttls.agent.hook;

import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The three methods {@code getInstance} by which applications come to an object of a provider's. They ask the bridge
 * first; if it answers, the platform's code does not run. Without advice, which would cost most of what the agent adds
 * to the start of an application that uses TLS.
 *
 * @param question the bridge's method
 */
record Lookups(String question) implements Hook {

    static final String CONTEXTS = "javax.net.ssl.SSLContext";
    static final String KEY_MANAGERS = "javax.net.ssl.KeyManagerFactory";
    static final String TRUST_MANAGERS = "javax.net.ssl.TrustManagerFactory";

    private static final String BRIDGE = "org/almosttls/agent/boot/AgentBridge";
    private static final String ASK = "([Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String OBJECT = "java/lang/Object";
    private static final int METHODS = 3;

    @Override
    public byte[] weave(String typeName, byte[] bytes) {
        var reader = new ClassReader(bytes);
        var writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        var asking = new Asking(writer, typeName.replace('.', '/'), question);
        reader.accept(asking, 0);
        if (asking.found != METHODS) throw new IllegalStateException("this version of it has another shape");
        return writer.toByteArray();
    }

    private static final class Asking extends ClassVisitor {

        private final String type;
        private final String question;
        private final Set<String> wanted;
        private int found;

        Asking(ClassWriter next, String type, String question) {
            super(Opcodes.ASM9, next);
            this.type = type;
            this.question = question;
            String answer = ")L" + type + ";";
            wanted = Set.of(
                    "(Ljava/lang/String;" + answer,
                    "(Ljava/lang/String;Ljava/lang/String;" + answer,
                    "(Ljava/lang/String;Ljava/security/Provider;" + answer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            if (!isStatic || !name.equals("getInstance") || !wanted.contains(descriptor)) return next;
            found++;
            return new Question(next, type, Type.getArgumentTypes(descriptor).length, question);
        }
    }

    /** {@code Object ours = AgentBridge.question(arguments); if (ours != null) return (T) ours;} */
    private static final class Question extends MethodVisitor {

        private final String type;
        private final int arguments;
        private final String question;

        Question(MethodVisitor next, String type, int arguments, String question) {
            super(Opcodes.ASM9, next);
            this.type = type;
            this.arguments = arguments;
            this.question = question;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            visitInsn(Opcodes.ICONST_0 + arguments);
            visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
            for (int i = 0; i < arguments; i++) {
                visitInsn(Opcodes.DUP);
                visitInsn(Opcodes.ICONST_0 + i);
                visitVarInsn(Opcodes.ALOAD, i);
                visitInsn(Opcodes.AASTORE);
            }
            visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, question, ASK, false);
            var platforms = new Label();
            visitInsn(Opcodes.DUP);
            visitJumpInsn(Opcodes.IFNULL, platforms);
            visitTypeInsn(Opcodes.CHECKCAST, type);
            visitInsn(Opcodes.ARETURN);
            visitLabel(platforms);
            visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {OBJECT});
            visitInsn(Opcodes.POP);
        }
    }
}
