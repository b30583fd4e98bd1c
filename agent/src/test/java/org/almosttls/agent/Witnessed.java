package org.almosttls.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;

/** What {@link WitnessAgent} sees in a JVM. */
final class Witnessed {

    private Witnessed() {}

    /** What a class says, in an order of its own: newer JVMs leave constants in it of what it was in between. */
    static byte[] bytesOf(String type, Target target, Path folder) throws Exception {
        Path file = folder.resolve("bytes");
        target.load(WitnessAgent.jarIn(folder), "bytes " + type + " " + file);
        var writer = new ClassWriter(0);
        new ClassReader(Files.readAllBytes(file)).accept(writer, 0);
        return writer.toByteArray();
    }

    /** How many loaders of the agent's there are. */
    static long loadersIn(Target target, Path folder) throws Exception {
        Path count = folder.resolve("count");
        target.load(WitnessAgent.jarIn(folder), "loaders almost-tls-agent " + count);
        return Long.parseLong(Files.readString(count));
    }
}
