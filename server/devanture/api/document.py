def openapi(server: str):
    return {"openapi": "3.1.0"}
