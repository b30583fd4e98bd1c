package org.almosttls.crypto.jca;

/** Whether the JVM uses AVX-512, by which it does some things twice as fast as without. */
public final class WideVectors {

    private static final String MANAGEMENT = "com.sun.management.HotSpotDiagnosticMXBean";

    private WideVectors() {}

    /** Takes tens of milliseconds in a JVM that has not loaded what it is managed by. */
    public static boolean areUsed() {
        try {
            var type = Class.forName(MANAGEMENT);
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getPlatformMXBean", Class.class)
                    .invoke(null, type);
            if (bean == null) return false; // as in a native image
            Object option = type.getMethod("getVMOption", String.class).invoke(bean, "UseAVX");
            Object level = option.getClass().getMethod("getValue").invoke(option);
            return level.equals("3");
        } catch (ReflectiveOperationException otherKindOfJvm) {
            return false;
        }
    }
}
