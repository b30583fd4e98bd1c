package org.almosttls.agent.hook;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Which methods of a class make an engine or begin its handshake, and where they do it last. */
public final class EngineMakers {

    private static final String ENGINE = "javax/net/ssl/SSLEngine";
    private static final String TYPE = "L" + ENGINE + ";";

    private EngineMakers() {}

    /** From the name of each such method, with its descriptor, to the index of the instruction. */
    public static Map<String, Integer> in(Class<?> type) throws IOException {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(name)) {
            return in == null ? Map.of() : in(in.readAllBytes());
        }
    }

    static Map<String, Integer> in(byte[] bytes) {
        var reader = new Indexed(bytes);
        Map<String, Integer> found = new HashMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Body(reader, found, name + descriptor);
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return Map.copyOf(found);
    }

    /** Knows where it is in a method. */
    private static final class Indexed extends ClassReader {

        private int index;

        Indexed(byte[] bytes) {
            super(bytes);
        }

        @Override
        protected void readBytecodeInstructionOffset(int offset) {
            index = offset;
        }
    }

    private static final class Body extends MethodVisitor {

        private final Indexed at;
        private final Map<String, Integer> found;
        private final String method;

        Body(Indexed at, Map<String, Integer> found, String method) {
            super(Opcodes.ASM9);
            this.at = at;
            this.found = found;
            this.method = method;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            boolean stores = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
            if (stores && descriptor.equals(TYPE)) found.put(method, at.index);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean begins = owner.equals(ENGINE) && name.equals("beginHandshake");
            if (begins || descriptor.endsWith(")" + TYPE)) found.put(method, at.index);
        }
    }
}
