/* Windows 10 has this library and Wine 8 lacks it: synch.def leads its three functions on to kernelbase. */
int DllMain(void) { return 1; }
